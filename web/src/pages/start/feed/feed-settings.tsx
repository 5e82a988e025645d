// The settings to paste into the system that sends the events.
import { Code, List, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyValue } from '../../../parts/forms/copy-value.tsx';
import classes from './feed-settings.module.css';
import type { ConnectedFeed } from './feed-kinds.ts';

export function FeedSettings({ feed: { kind, accountId, token } }: { feed: ConnectedFeed }) {
  const title = useRef<HTMLHeadingElement>(null);
  // The settings appear below the form: the focus moves there.
  useEffect(() => title.current?.focus(), []);
  const url = `${location.origin}/ingest/v1/${kind.source}`;
  return (
    <Stack gap="md">
      <Title order={2} size="h4" ref={title} tabIndex={-1} className={classes.title}>
        Paste this into {kind.name === 'Something else' ? 'your system' : kind.name}
      </Title>
      <List type="ordered" spacing={6}>
        {kind.where.map(line => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Stack gap="sm">
        {kind.settings({ url, token, accountId }).map(setting => (
          <CopyValue key={setting.label} {...setting} />
        ))}
      </Stack>
      <Text size="sm" c="dimmed">
        The token is shown only once. It can send events of the account <Code>{accountId}</Code> and do nothing else. If
        you lose it, create another one.
      </Text>
    </Stack>
  );
}
