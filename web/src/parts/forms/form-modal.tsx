// A form in a dialog window; errors are shown above its fields.
import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Problem } from './problem.tsx';
import { Window } from '../dialogs/window.tsx';

interface FormModalProps {
  title: string;
  /** Of the button that saves. */
  yes: string;
  close: () => void;
  save: (form: FormData) => void;
  saving: { isPending: boolean; error: Error | null };
  size?: string;
  children: ReactNode;
}

export function FormModal({ title, yes, close, save, saving, size = 'md', children }: FormModalProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save(new FormData(event.currentTarget));
  };
  return (
    <Window title={title} isOpen close={close} size={size}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Problem error={saving.error} title="Not saved" />
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {yes}
            </Button>
          </Group>
        </Stack>
      </form>
    </Window>
  );
}
