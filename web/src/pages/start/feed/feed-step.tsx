// Step one: which system sends the events, for which account; then what to paste into it, until its first event is here.
import { Alert, Button, Group, Paper, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { AccountForm } from './account-form.tsx';
import { type ConnectedFeed, FEED_KINDS, type FeedKind } from './feed-kinds.ts';
import classes from './feed-step.module.css';
import { FeedSettings } from './feed-settings.tsx';
import { FirstEvent } from './first-event.tsx';

interface FeedStepProps {
  accountId: string;
  choose: (accountId: string) => void;
  next: () => void;
}

export function FeedStep({ accountId, choose, next }: FeedStepProps) {
  const [kind, setKind] = useState<FeedKind>(FEED_KINDS[0]);
  const [connected, setConnected] = useState<ConnectedFeed>();
  const chooseKind = (chosen: FeedKind) => {
    setKind(chosen);
    setConnected(undefined);
  };
  const connect = (token: string, id: string) => {
    setConnected({ kind, accountId: id, token });
    choose(id);
  };
  return (
    <Stack gap="lg">
      <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
        <Stack gap="lg">
          <Title order={2} size="h4">
            Which system sends your agents’ events?
          </Title>
          <KindChoice kind={kind} choose={chooseKind} />
          <AccountForm key={kind.source} kind={kind} accountId={accountId} connected={connect} />
        </Stack>
      </Paper>
      {connected && (
        <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
          <Stack gap="lg">
            <FeedSettings feed={connected} />
            <LocalAddressNote kind={connected.kind} />
            <FirstEvent feed={connected} next={next} />
          </Stack>
        </Paper>
      )}
      {!connected && accountId !== '' && (
        <Group>
          <Button variant="default" onClick={next}>
            Continue without connecting
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function KindChoice({ kind, choose }: { kind: FeedKind; choose: (kind: FeedKind) => void }) {
  return (
    <Radio.Group
      aria-label="System"
      value={kind.source}
      onChange={source => choose(FEED_KINDS.find(one => one.source === source) ?? kind)}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {FEED_KINDS.map(({ source, name, text }) => (
          <Radio.Card key={source} value={source} p="md" className={classes.kind} aria-label={name}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} />
              <div>
                <Text fw={600}>{name}</Text>
                <Text size="sm" c="dimmed">
                  {text}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

/** A service on the internet cannot reach a local address. */
function LocalAddressNote({ kind }: { kind: FeedKind }) {
  const isLocal = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  if (!isLocal || !kind.isFromInternet) return null;
  return (
    <Alert color="yellow" variant="outline" title="This address works only on this machine">
      {kind.name} sends from the internet. First give Offhook a public name with HTTPS, for example with a reverse
      proxy. Then open this page under that name: it shows the right address.
    </Alert>
  );
}
