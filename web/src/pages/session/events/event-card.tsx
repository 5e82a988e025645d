// One event of the session: time, content, and its raw input on demand.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SessionId } from '../../../parts/address/session-address.ts';
import { formatExactTime } from '../../../format/dates.ts';
import { stateText } from '../state-text.ts';
import { EventInput } from './event-input.tsx';
import type { SessionEvent } from '../session-types.ts';

interface EventCardProps {
  id: SessionId;
  event: SessionEvent;
  timezone: string;
  /** «Started by», «Ended by». */
  role?: string;
}

export function EventCard({ id, event, timezone, role }: EventCardProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Stack gap={4}>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="start">
        <Text size="sm">
          {role && (
            <Text span c="dimmed">
              {role}{' '}
            </Text>
          )}
          <Text span fw={600}>
            {formatExactTime(Date.parse(event.at), timezone)}
          </Text>{' '}
          {eventText(event)}
        </Text>
        <Button size="compact-xs" variant="default" flex="none" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Raw input
        </Button>
      </Group>
      {isOpen && <EventInput id={id} timezone={timezone} eventId={event.eventId} />}
    </Stack>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  LOGIN: 'Logged in',
  LOGOUT: 'Logged out',
  STATE: 'State',
  OFFER: 'Call offered',
  MANUAL_DIAL: 'Manual dial',
  ANSWER: 'Call answered',
  RING_NO_ANSWER: 'Ring, no answer',
  NO_CONNECT: 'Not connected',
  HOLD: 'Call on hold',
  UNHOLD: 'Call off hold',
  TRANSFER: 'Call transferred',
  CALL_END: 'Call ended',
  OFF_HOOK: 'Line off hook',
  ON_HOOK: 'Line on hook',
  MONITOR_START: 'Monitoring started',
  MONITOR_END: 'Monitoring ended',
};

/** The event's content in one line. */
function eventText({ kind, baseState, label, callId, queueName, pendingDisposition }: SessionEvent): string {
  const isFlagOnly = kind === 'STATE' && baseState === '' && pendingDisposition !== null;
  return [
    isFlagOnly ? '' : (KINDS[kind] ?? kind),
    isFlagOnly ? `Disposition ${pendingDisposition ? 'pending' : 'given'}` : stateText({ label, baseState }),
    callId !== '' && `call ${callId}`,
    queueName !== '' && `queue ${queueName}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
