// A page's choices, kept in its address so that a view can be sent to a colleague.
import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** How a value is written in the address: as all texts of one parameter; none if it is absent. */
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
 * The fields' values, and a function that changes some of them; other parameters stay. `fields` must be a constant outside
 * the component. A change replaces the address; with `isStep`, the back button undoes it.
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
