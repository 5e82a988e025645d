// The title of a list, and the button that adds an entry.
import { Button, Group, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';

export function ListHead({ title, button, open }: { title: string; button: string; open: () => void }) {
  return (
    <Group justify="space-between">
      <Title order={3} size="h4">
        {title}
      </Title>
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {button}
      </Button>
    </Group>
  );
}
