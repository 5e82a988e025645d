// Shown in place of content: nothing there, an error, still loading.
import { Button, Center, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { errorText } from '../../api/api-error.ts';

interface NoteProps {
  icon: ReactNode;
  color: string;
  title: string;
  text: string;
  action?: ReactNode;
}

function Note({ icon, color, title, text, action }: NoteProps) {
  return (
    <Center mih={240} p="lg">
      <Stack align="center" gap="sm" maw={460} ta="center">
        <ThemeIcon size={52} radius="xl" variant="light" color={color} aria-hidden>
          {icon}
        </ThemeIcon>
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
        {action}
      </Stack>
    </Center>
  );
}

/** `text` says why there is nothing, `action` what can be done about it. */
export function EmptyState({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return <Note icon={<IconInbox size={28} />} color="gray" title={title} text={text} action={action} />;
}

/** What went wrong, how to fix it, and a button to try again. */
export function ErrorState({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <div role="alert">
      <Note
        icon={<IconAlertTriangle size={28} />}
        color="red"
        title="This could not be loaded"
        text={errorText(error)}
        action={
          retry && (
            <Button variant="default" onClick={retry}>
              Try again
            </Button>
          )
        }
      />
    </div>
  );
}

/** `label` names it: «Loading the report». */
export function LoadingState({ label }: { label: string }) {
  return (
    <Center mih={240} role="status">
      <Stack align="center" gap="sm">
        <Loader aria-hidden />
        <Text c="dimmed">{label}</Text>
      </Stack>
    </Center>
  );
}
