// The choices above a report: in a row, or in a sheet where there is little room.
import { Button, Group, Stack } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { type ReactNode, Suspense } from 'react';
import { LazySheet } from '../dialogs/dialogs.ts';

interface ChoicesProps {
  /** What can be chosen; names the sheet and the button that opens it. */
  title: string;
  /** Of the button that closes the sheet: «Show the report». */
  done: string;
  children: ReactNode;
}

export function Choices({ title, done, children }: ChoicesProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  if (!isNarrow) {
    return (
      <Group gap="sm" align="flex-end">
        {children}
      </Group>
    );
  }
  return (
    <>
      <Button variant="default" onClick={open} leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}>
        {title}
      </Button>
      <Suspense>
        <LazySheet title={title} isOpen={isOpen} close={close}>
          <Stack gap="sm">
            {children}
            <Button onClick={close}>{done}</Button>
          </Stack>
        </LazySheet>
      </Suspense>
    </>
  );
}
