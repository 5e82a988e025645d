// A sheet from the bottom edge, for choices that do not fit a narrow window. Mantine's own header would be a second banner.
import { Drawer, Group } from '@mantine/core';
import type { ReactNode } from 'react';

interface SheetProps {
  title: string;
  isOpen: boolean;
  close: () => void;
  children: ReactNode;
}

export function Sheet({ title, isOpen, close, children }: SheetProps) {
  return (
    <Drawer.Root opened={isOpen} onClose={close} position="bottom" size="85%">
      <Drawer.Overlay />
      <Drawer.Content>
        <Group justify="space-between" wrap="nowrap" px="md" py="sm">
          <Drawer.Title fw={600}>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </Group>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
