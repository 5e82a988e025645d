// The session as lanes over time on a canvas; wheel, fingers, buttons and keys zoom and pan it.
import { ActionIcon, Group, Text, Tooltip, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { axisTicks } from './axis-ticks.ts';
import { AXIS_HEIGHT, drawTimeLine, EVENTS_HEIGHT } from './draw-time-line.ts';
import { formatExactRange } from '../../../format/dates.ts';
import { formatExactDuration } from '../../../format/durations.ts';
import { intervalAt, intervalName, type Lane, type LaneInterval, lanesOf } from './lanes.ts';
import type { LoginSession } from '../session-types.ts';
import classes from './time-line.module.css';
import { useTimeLineGestures } from './time-line-gestures.ts';
import { KEYS, timeLineKeys } from './time-line-keys.ts';
import { middleX, msAt, type TimeSpan, withMiddle, zoomed } from './time-view.ts';

interface TimeLineProps {
  session: LoginSession;
  view: TimeSpan;
  whole: TimeSpan;
  changeView: (view: TimeSpan) => void;
  highlighted: readonly TimeSpan[];
}

interface Pointed {
  lane: Lane;
  interval: LaneInterval;
  /** Of the tooltip, in pixels. */
  x: number;
}

export function TimeLine({ session, view, whole, changeView, highlighted }: TimeLineProps) {
  const scheme = useComputedColorScheme('light');
  const { ref: frame, width } = useElementSize();
  const lanes = useMemo(() => lanesOf(session), [session]);
  const eventsMs = useMemo(() => session.events.map(({ at }) => Date.parse(at)), [session]);
  const [pointed, setPointed] = useState<Pointed>();
  const last = lanes.at(-1) as Lane;
  const lanesHeight = last.top + last.height;
  const height = lanesHeight + EVENTS_HEIGHT + AXIS_HEIGHT;

  const point = (place: { x: number; y: number } | undefined) => {
    const lane = place && lanes.find(({ top, height: high }) => place.y >= top && place.y < top + high);
    const tolerance = (3 / width) * (view.toMs - view.fromMs);
    const interval = lane && place && intervalAt(lane, msAt(place.x, view, width), tolerance);
    setPointed(lane && interval && place ? { lane, interval, x: place.x } : undefined);
  };
  const canvas = useTimeLineGestures({ view, whole, change: changeView, point });

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawTimeLine(context, {
      width,
      lanesHeight,
      scheme,
      view,
      lanes,
      eventsMs,
      highlighted,
      ticks: axisTicks(view, width, session.timezone),
      pointed: pointed && { laneKey: pointed.lane.key, interval: pointed.interval },
    });
  });

  const showInterval = (lane: Lane, interval: LaneInterval) => {
    const next = withMiddle(interval, view, whole);
    changeView(next);
    setPointed({ lane, interval, x: middleX(interval, next, width) });
  };
  const keys = timeLineKeys({
    view,
    whole,
    lanes,
    pointed,
    changeView,
    showInterval,
    deselect: () => setPointed(undefined),
  });

  return (
    <div>
      <div className={classes.frame}>
        <div className={classes.names} aria-hidden>
          {lanes.map(({ key, name, height: high, intervals }) => (
            <span key={key} style={{ height: high }} data-empty={intervals.length === 0 || undefined}>
              {name}
            </span>
          ))}
          <span style={{ height: EVENTS_HEIGHT }}>Events</span>
        </div>
        <div
          ref={frame}
          className={classes.canvasFrame}
          role="application"
          aria-label={`Time line. ${KEYS}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys; its label lists them
          tabIndex={0}
          onKeyDown={keys}
          onBlur={() => setPointed(undefined)}
        >
          <canvas ref={canvas} className={classes.canvas} style={{ height }} />
          {pointed && <Note {...pointed} width={width} timezone={session.timezone} />}
        </div>
      </div>
      <Group gap="xs" mt={6} justify="space-between">
        <Text size="xs" c="dimmed" visibleFrom="sm">
          {KEYS}
        </Text>
        <Group gap={4} ml="auto">
          <ZoomButton
            label="Zoom out"
            onClick={() => changeView(zoomed(view, whole, 2))}
            icon={<IconMinus size={16} />}
          />
          <ZoomButton
            label="Zoom in"
            onClick={() => changeView(zoomed(view, whole, 0.5))}
            icon={<IconPlus size={16} />}
          />
          <ZoomButton label="Show all" onClick={() => changeView(whole)} icon={<IconArrowsMaximize size={16} />} />
        </Group>
      </Group>
    </div>
  );
}

function ZoomButton({ label, onClick, icon }: { label: string; onClick: () => void; icon: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

function Note({ lane, interval, x, width, timezone }: Pointed & { width: number; timezone: string }) {
  const { fromMs, toMs } = interval;
  const isRight = x > width / 2;
  return (
    <div
      role="status"
      className={classes.note}
      style={{ top: lane.top + lane.height + 4, ...(isRight ? { right: width - x } : { left: x }) }}
    >
      <strong>{intervalName(lane, interval)}</strong>
      <span>
        {formatExactRange(fromMs, toMs, timezone)} · {formatExactDuration(toMs - fromMs)}
      </span>
    </div>
  );
}
