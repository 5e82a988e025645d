// A button for what cannot be undone: it says what will happen and asks for confirmation.
import { Button, type ButtonProps, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Problem } from './problem.tsx';
import { Window } from '../dialogs/window.tsx';

interface ConfirmButtonProps extends ButtonProps {
  /** Complete, for screen readers: «Delete the user ada». */
  label: string;
  children: ReactNode;
  /** The question. */
  title: string;
  /** What will happen. */
  text: ReactNode;
  /** Of the button that confirms. */
  yes: string;
  saving: {
    mutateAsync: (input: undefined) => Promise<unknown>;
    isPending: boolean;
    error: Error | null;
    reset: () => void;
  };
}

export function ConfirmButton({ label, children, title, text, yes, saving, ...button }: ConfirmButtonProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const confirm = () => saving.mutateAsync(undefined).then(close, () => {});
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        c="var(--mantine-color-error)"
        size="compact-sm"
        aria-label={label}
        {...button}
        onClick={() => {
          saving.reset();
          open();
        }}
      >
        {children}
      </Button>
      <Window title={title} isOpen={isOpen} close={close}>
        <Stack gap="md">
          <Text>{text}</Text>
          <Problem error={saving.error} title="Not done" />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              Cancel
            </Button>
            <Button color="red.9" onClick={confirm} loading={saving.isPending}>
              {yes}
            </Button>
          </Group>
        </Stack>
      </Window>
    </>
  );
}
