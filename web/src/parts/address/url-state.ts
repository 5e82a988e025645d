// A page's choices in its address, so that a view can be sent to a colleague.
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** How a value is written in the address: as texts of one name. `undefined` texts: the name is not there. */
export interface UrlField<T> {
  read: (texts: readonly string[]) => T;
  write: (value: T) => readonly string[];
}

export const urlText = (absent = ''): UrlField<string> => ({
  read: ([text]) => text ?? absent,
  write: value => (value === absent ? [] : [value]),
});

export const urlTexts = (): UrlField<readonly string[]> => ({ read: texts => texts, write: texts => texts });

export const urlChoice = <T extends string>(choices: readonly T[], absent: T): UrlField<T> => ({
  read: ([text]) => choices.find(choice => choice === text) ?? absent,
  write: value => (value === absent ? [] : [value]),
});

export const urlFlag = (): UrlField<boolean> => ({
  read: ([text]) => text === '1',
  write: value => (value ? ['1'] : []),
});

/**
 * The fields' values, and how to change some of them; other names in the address stay. `fields` is a constant outside the
 * component. A change replaces the address unless `isStep` asks for a step that the back button undoes.
 */
export function useUrlState<Values extends object>(
  fields: { readonly [Name in keyof Values]: UrlField<Values[Name]> },
): [Values, (changes: Partial<Values>, isStep?: boolean) => void] {
  const [search, setSearch] = useSearchParams();
  const known = fields as unknown as Readonly<Record<string, UrlField<unknown>>>;
  const values = useMemo(() => {
    const entries = Object.entries(known).map(([name, field]) => [name, field.read(search.getAll(name))]);
    return Object.fromEntries(entries) as Values;
  }, [known, search]);
  const change = (changes: Partial<Values>, isStep = false) =>
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          after.delete(name);
          for (const text of known[name]?.write(value) ?? []) after.append(name, text);
        }
        return after;
      },
      { replace: !isStep },
    );
  return [values, change];
}
