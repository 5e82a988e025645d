// The parts of a value, each with the amount that it adds, and their total.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { counted, formatCount } from '../../../format/numbers.ts';
import type { SessionId } from '../../../parts/address/session-address.ts';
import { valueText } from '../values/value-text.ts';
import { PartRow } from './part-row.tsx';
import type { LoginSession, Part, SessionEvent, Why } from '../session-types.ts';
import classes from './why-panel.module.css';

/** More on demand. */
const SHOWN_AT_ONCE = 100;

interface PartListProps {
  id: SessionId;
  session: LoginSession;
  why: Why;
  onShow: (part: Part) => void;
}

export function PartList({ id, session, why, onShow }: PartListProps) {
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  const { parts, total, unit, column } = why;
  const events = new Map(session.events.map(event => [event.eventId, event] as const));
  const hidden = parts.length - limit;
  return (
    <div>
      <ul className={classes.parts} aria-label="Parts" key={column.columnKey}>
        {parts.slice(0, limit).map(part => (
          <PartRow
            key={`${part.openedBy} ${part.kind} ${part.from}`}
            id={id}
            part={part}
            why={why}
            onShow={onShow}
            timezone={session.timezone}
            events={eventsOf(part, events)}
          />
        ))}
      </ul>
      {hidden > 0 && (
        <Button size="xs" variant="default" fullWidth my="xs" onClick={() => setLimit(limit + 1000)}>
          Show more ({formatCount(hidden)} hidden)
        </Button>
      )}
      {isSum(unit) && (
        <p className={classes.total}>
          <span>Total of {counted(parts.length, 'part')}</span>
          <strong data-total>{valueText(total, unit, session.timezone)}</strong>
        </p>
      )}
    </div>
  );
}

const isSum = (unit: Why['unit']) => unit === 'MS' || unit === 'COUNT' || unit === 'LABELS';

/** The event of a part, or the events that started and ended it. */
function eventsOf(part: Part, events: ReadonlyMap<string, SessionEvent>) {
  const found = (role: string, eventId: string) => {
    const event = events.get(eventId);
    return event === undefined ? [] : [{ role, event }];
  };
  if (part.kind !== 'INTERVAL') return found('', part.openedBy);
  return [...found('Started by', part.openedBy), ...found('Ended by', part.closedBy)];
}
