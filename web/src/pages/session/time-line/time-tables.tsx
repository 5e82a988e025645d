// The time line as lists: all intervals and all events; only the rows in view are drawn.
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef } from 'react';
import type { SessionId } from '../../../parts/address/session-address.ts';
import { EventCard } from '../events/event-card.tsx';
import { formatExactRange } from '../../../format/dates.ts';
import { formatExactDuration } from '../../../format/durations.ts';
import { intervalName, lanesOf } from './lanes.ts';
import type { LoginSession } from '../session-types.ts';
import classes from './time-tables.module.css';

export function IntervalTable({
  session,
  onShow,
}: {
  session: LoginSession;
  onShow: (span: { fromMs: number; toMs: number }) => void;
}) {
  const rows = useMemo(
    () =>
      lanesOf(session)
        .flatMap(lane => lane.intervals.map(interval => ({ lane, interval })))
        .sort((one, other) => one.interval.fromMs - other.interval.fromMs),
    [session],
  );
  return (
    <VirtualList label="Intervals of the time line" count={rows.length} rowHeight={38}>
      {nth => {
        const { lane, interval } = rows[nth] as (typeof rows)[number];
        return (
          <div className={classes.interval}>
            <span className={classes.lane}>{lane.name}</span>
            <span className={classes.name}>{intervalName(lane, interval)}</span>
            <span>{formatExactRange(interval.fromMs, interval.toMs, session.timezone)}</span>
            <span className={classes.amount}>{formatExactDuration(interval.toMs - interval.fromMs)}</span>
            <Button size="compact-xs" variant="default" onClick={() => onShow(interval)}>
              Show
            </Button>
          </div>
        );
      }}
    </VirtualList>
  );
}

export function EventTable({ id, session }: { id: SessionId; session: LoginSession }) {
  return (
    <VirtualList label="Events of the session" count={session.events.length} rowHeight={40}>
      {nth => {
        const event = session.events[nth] as LoginSession['events'][number];
        return <EventCard id={id} event={event} timezone={session.timezone} />;
      }}
    </VirtualList>
  );
}

interface VirtualListProps {
  label: string;
  count: number;
  /** Estimated, in pixels. */
  rowHeight: number;
  children: (nth: number) => ReactNode;
}

function VirtualList({ label, count, rowHeight, children }: VirtualListProps) {
  const frame = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count,
    overscan: 10,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard
    <section ref={frame} className={classes.frame} tabIndex={0} aria-label={label}>
      <ul className={classes.rows} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, key }) => (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            aria-setsize={count}
            aria-posinset={index + 1}
            className={classes.row}
            style={{ transform: `translateY(${start}px)` }}
          >
            {children(index)}
          </li>
        ))}
      </ul>
    </section>
  );
}
