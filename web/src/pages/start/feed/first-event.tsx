// Waits for the first event of a feed, and shows when it has arrived or was rejected.
import { Alert, Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answerOf, api } from '../../../api/client.ts';
import { formatTime } from '../../../format/dates.ts';
import { counted, formatCount } from '../../../format/numbers.ts';
import { LOCAL_ZONE } from '../../../format/time-zones.ts';
import classes from './first-event.module.css';
import type { ConnectedFeed } from './feed-kinds.ts';

const ASK_MS = 1000;

export function FirstEvent({ feed: { kind, accountId }, next }: { feed: ConnectedFeed; next: () => void }) {
  const { data } = useQuery({
    queryKey: ['/api/v1/admin/accounts/{accountId}/feeds', accountId],
    queryFn: () => answerOf(api.GET('/api/v1/admin/accounts/{accountId}/feeds', { params: { path: { accountId } } })),
    refetchInterval: ASK_MS,
  });
  const feed = data?.find(({ source }) => source === kind.source);
  const hasEvents = feed !== undefined && feed.events > 0;
  return (
    <>
      <div role="status" className={classes.status} data-state={hasEvents ? 'here' : 'waiting'}>
        {hasEvents ? (
          <Group gap="sm" wrap="nowrap">
            <IconCircleCheck size={28} aria-hidden className={classes.here} />
            <div>
              <Text fw={600}>Events are arriving</Text>
              <Text size="sm" c="dimmed">
                {formatCount(feed.events)} so far, the last at {formatTime(Date.parse(feed.lastReceivedAt), LOCAL_ZONE)}
                .
              </Text>
            </div>
          </Group>
        ) : (
          <Group gap="sm" wrap="nowrap">
            <Loader size={24} aria-hidden />
            <div>
              <Text fw={600}>Waiting for the first event…</Text>
              <Text size="sm" c="dimmed">
                It appears here within a second, for example when an agent logs in or changes state.
              </Text>
            </div>
          </Group>
        )}
      </div>
      {feed !== undefined && feed.rejects > 0 && (
        <Alert
          color="orange"
          variant="outline"
          icon={<IconAlertTriangle aria-hidden />}
          title={`${counted(feed.rejects, 'input')} could not be used`}
        >
          They are stored. The page{' '}
          <Anchor component={Link} href={`/quality?account=${encodeURIComponent(accountId)}`}>
            Data quality
          </Anchor>{' '}
          shows why.
        </Alert>
      )}
      <Group>
        <Button onClick={next} variant={hasEvents ? 'filled' : 'default'}>
          {hasEvents ? 'Next: import agents' : 'Continue without waiting'}
        </Button>
      </Group>
    </>
  );
}
