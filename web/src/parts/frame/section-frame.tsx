// The frame of an administration section: title, purpose, main action, content.
import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionFrameProps {
  title: string;
  text: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

export function SectionFrame({ title, text, action, children }: SectionFrameProps) {
  return (
    <Stack gap="lg" miw={0}>
      <Group justify="space-between" align="flex-start" gap="md">
        <div>
          <Title order={2} size="h3" mb={4}>
            {title}
          </Title>
          <Text c="dimmed" maw={680}>
            {text}
          </Text>
        </div>
        {action}
      </Group>
      {children}
    </Stack>
  );
}
