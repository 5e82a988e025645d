// One part of a value: time, state or event, and amount; its events open on demand.
import { Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { formatExactRange, formatExactTime, formatInstant } from '../../../format/dates.ts';
import type { SessionId } from '../../../parts/address/session-address.ts';
import { EventCard } from '../events/event-card.tsx';
import { formatExactDuration } from '../../../format/durations.ts';
import { stateText } from '../state-text.ts';
import { valueText } from '../values/value-text.ts';
import type { Part, SessionEvent, Why } from '../session-types.ts';
import classes from './why-panel.module.css';

interface PartRowProps {
  id: SessionId;
  part: Part;
  why: Why;
  timezone: string;
  events: readonly { role: string; event: SessionEvent }[];
  onShow: (part: Part) => void;
}

export function PartRow({ id, part, why, timezone, events, onShow }: PartRowProps) {
  const [isOpen, setOpen] = useState(false);
  const hasMore = events.length > 0;
  const toggle = () => {
    setOpen(!isOpen);
    if (!isOpen) onShow(part);
  };
  const content = (
    <>
      <span className={classes.when}>{whenText(part, timezone)}</span>
      <span className={classes.what}>{whatText(part, events)}</span>
      <span className={classes.amount} data-amount>
        {amountText(part, why, timezone)}
      </span>
    </>
  );
  return (
    <li className={classes.part} data-counts={part.amount !== 0 || undefined}>
      {hasMore ? (
        <UnstyledButton className={classes.row} aria-expanded={isOpen} onClick={toggle}>
          <IconChevronRight size={14} className={classes.chevron} aria-hidden />
          {content}
        </UnstyledButton>
      ) : (
        <div className={classes.row}>
          <span />
          {content}
        </div>
      )}
      {part.note !== '' && (
        <Text size="xs" c="dimmed" pl={30} pr={10} pb={6}>
          {part.note}
        </Text>
      )}
      {isOpen && (
        <Stack gap="xs" pl={30} pr={10} pb={10}>
          {events.map(({ role, event }) => (
            <EventCard key={role} id={id} event={event} timezone={timezone} role={role} />
          ))}
          {part.kind === 'INTERVAL' && part.closedBy === '' && (
            <Text size="sm" c="dimmed">
              Not ended yet.
            </Text>
          )}
        </Stack>
      )}
    </li>
  );
}

function whenText({ kind, from, to }: Part, timezone: string): string {
  if (from === null) return '';
  const fromMs = Date.parse(from);
  if (kind === 'ENTRY') return `Since ${formatInstant(fromMs, timezone)}`;
  return kind === 'INTERVAL' && to !== null
    ? formatExactRange(fromMs, Date.parse(to), timezone)
    : formatExactTime(fromMs, timezone);
}

const NAMES = { INTERVAL: '', EVENT: 'Event', ENTRY: 'Agent directory', EXPORT: 'Imported export' } as const;

function whatText(part: Part, events: PartRowProps['events']): string {
  const { kind, callId } = part;
  if (kind === 'INTERVAL') return [stateText(part), callId && `call ${callId}`].filter(Boolean).join(' · ');
  const event = events[0]?.event;
  return [event?.kind ?? NAMES[kind], callId && `call ${callId}`].filter(Boolean).join(' · ');
}

/** Of a rounded interval, its length and what it counts as. */
function amountText(part: Part, why: Why, timezone: string): string {
  const { amount, text, from, to, kind } = part;
  if (why.unit === 'INSTANT') return from === null ? 'Still open' : valueText(Date.parse(from), 'INSTANT', timezone);
  if (amount === null) return text === '' ? '–' : text;
  if (why.unit === 'COUNT') return String(amount);
  const lasted = kind === 'INTERVAL' && from !== null && to !== null ? Date.parse(to) - Date.parse(from) : amount;
  const counted = formatExactDuration(amount);
  return lasted === amount ? counted : `${formatExactDuration(lasted)} → ${counted}`;
}
