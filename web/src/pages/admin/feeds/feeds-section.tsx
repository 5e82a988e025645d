// The feeds of an account: last event, volume, and rejected inputs of each.
import { Anchor, Badge, Button, Group, Table, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { answerOf, api } from '../../../api/client.ts';
import { seesAllGroups, useSession } from '../../../api/session.ts';
import { formatInstant } from '../../../format/dates.ts';
import { counted, formatCount } from '../../../format/numbers.ts';
import { useAccount } from '../../../parts/account/account-choice.tsx';
import { EmptyState } from '../../../parts/frame/states.tsx';
import { formatAgo } from '../../../format/ago.ts';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';
import { Sparkline } from './sparkline.tsx';

const POLL_MS = 10_000;
/** Even a small feed sends more often than this, unless nobody works. */
const SILENT_MS = 60 * 60_000;

export function FeedsSection() {
  const session = useSession();
  const { accountId, timezone } = useAccount();
  const seesAll = seesAllGroups(session, accountId);
  const query = useQuery({
    queryKey: ['feeds', accountId],
    queryFn: () => answerOf(api.GET('/api/v1/admin/accounts/{accountId}/feeds', { params: { path: { accountId } } })),
    refetchInterval: POLL_MS,
    enabled: seesAll,
  });
  return (
    <SectionFrame
      title="Feeds"
      text="The systems that send this account’s events. Updated every ten seconds."
      action={
        session.isAdministrator && (
          <Button component={Link} href="/start" leftSection={<IconPlugConnected size={18} aria-hidden />}>
            Connect a feed
          </Button>
        )
      }
    >
      {seesAll ? (
        <Loaded query={query} label="Loading the feeds">
          {feeds =>
            feeds.length === 0 ? (
              <EmptyState title="No events yet" text="A feed appears here with its first event." />
            ) : (
              <ScrollTable
                label="Feeds"
                minWidth={820}
                heads={['Feed', 'Last event', 'Last hour', 'Last day', 'Total', 'Rejected']}
              >
                {feeds.map(feed => (
                  <FeedRow key={feed.source} feed={feed} timezone={timezone} />
                ))}
              </ScrollTable>
            )
          }
        </Loaded>
      ) : (
        <EmptyState
          title="Not available for your groups"
          text="You may see the agents of some groups only. Feeds carry events of all agents, so they are shown only to users who may see every group."
        />
      )}
    </SectionFrame>
  );
}

interface Feed {
  source: string;
  events: number;
  lastEventAt: string | null;
  lastReceivedAt: string;
  eventsLastMinute: number;
  eventsLastHour: number;
  eventsLastDay: number;
  rejects: number;
  rejectsLastDay: number;
  eventsByMinute: number[];
}

function FeedRow({ feed, timezone }: { feed: Feed; timezone: string }) {
  const receivedMs = Date.parse(feed.lastReceivedAt);
  const isSilent = feed.eventsLastHour === 0 || Date.now() - receivedMs > SILENT_MS;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Text fw={600}>{feed.source}</Text>
          <Badge variant="outline" color={isSilent ? 'gray' : 'green'} c="inherit" tt="none">
            {isSilent ? 'Silent' : 'Live'}
          </Badge>
        </Group>
      </Table.Td>
      <Table.Td>
        {feed.lastEventAt === null ? 'None yet' : formatInstant(Date.parse(feed.lastEventAt), timezone)}
        <Text size="sm" c="dimmed">
          received {formatAgo(Date.now() - receivedMs)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Sparkline
          values={feed.eventsByMinute}
          label={`Events per minute in the last hour, at most ${Math.max(...feed.eventsByMinute)}`}
        />
        <Text size="sm" c="dimmed">
          {counted(feed.eventsLastHour, 'event')}, {formatCount(feed.eventsLastMinute)} in the last minute
        </Text>
      </Table.Td>
      <Table.Td>{formatCount(feed.eventsLastDay)}</Table.Td>
      <Table.Td>{formatCount(feed.events)}</Table.Td>
      <Table.Td>
        {feed.rejects === 0 ? (
          'None'
        ) : (
          <Anchor size="sm" component={Link} href={`/quality?view=rejects&source=${encodeURIComponent(feed.source)}`}>
            {formatCount(feed.rejects)} in total
          </Anchor>
        )}
        {feed.rejects > 0 && (
          <Text size="sm" c="dimmed">
            {formatCount(feed.rejectsLastDay)} in the last day
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
