// A list of what programs sign in with, each under a name, and the window that creates one more.
import { Stack, Text, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { ListHead } from './list-head.tsx';

interface NamedListProps<Entry> {
  /** «API clients» */
  title: string;
  /** «API client»: one entry. */
  one: string;
  /** Shown where there are none. */
  none: string;
  heads: readonly string[];
  query: UseQueryResult<Entry[]>;
  row: (entry: Entry) => ReactNode;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  create: { mutate: (form: FormData) => void; isPending: boolean; error: Error | null };
  /** Fields of the form before the name. */
  children?: ReactNode;
}

export function NamedList<Entry>(props: NamedListProps<Entry>) {
  const { title, one, none, heads, query, row, isOpen, setOpen, create, children } = props;
  return (
    <Stack gap="sm">
      <ListHead title={title} button={`New ${one}`} open={() => setOpen(true)} />
      <Loaded query={query} label={`Loading the ${title}`}>
        {entries =>
          entries.length === 0 ? (
            <Text c="dimmed">{none}</Text>
          ) : (
            <ScrollTable label={title} minWidth={520} heads={heads}>
              {entries.map(row)}
            </ScrollTable>
          )
        }
      </Loaded>
      {isOpen && (
        <FormModal
          title={`New ${one}`}
          yes={`Create ${one}`}
          close={() => setOpen(false)}
          saving={create}
          save={create.mutate}
        >
          {children}
          <TextInput
            name="label"
            label="Name"
            description="So that people can tell which program it is."
            required
            withAsterisk={false}
            error={fieldProblem(create.error, 'label')}
          />
        </FormModal>
      )}
    </Stack>
  );
}
