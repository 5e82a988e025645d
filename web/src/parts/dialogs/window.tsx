// A dialog window. Mantine's own header would be a second banner of the page.
import { Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface WindowProps {
  title: string;
  isOpen: boolean;
  close: () => void;
  size?: string;
  children: ReactNode;
}

export function Window({ title, isOpen, close, size = 'md', children }: WindowProps) {
  return (
    <Modal.Root opened={isOpen} onClose={close} size={size} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Group justify="space-between" wrap="nowrap" px="md" py="sm">
          <Modal.Title fw={600} fz="lg">
            {title}
          </Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Group>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
