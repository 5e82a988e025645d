// A sheet from the lower edge, for choices that a narrow window has no room for. Mantine's own head would count as a second banner.
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
