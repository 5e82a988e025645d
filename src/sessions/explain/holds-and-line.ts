// When calls of a session were on hold, and when the agent's line was off hook.
import { engagedStretches, type Interval, lengthOf } from './intervals.ts';
import { type SessionEvent, type SessionFacts, within } from './session-facts.ts';
import { positionsOf, type Visit } from './visits.ts';

const RELEASES: readonly string[] = ['UNHOLD', 'CALL_END'];

/** One for each hold: from there to the release or end of the same call, within the surrounding engaged stretch. */
export function holdSpans(session: SessionFacts, visits: readonly Visit[]): Interval[] {
  const engaged = engagedStretches(session, visits);
  const events = session.events.filter(({ kind }) => kind === 'HOLD' || RELEASES.includes(kind));
  const spans = events.flatMap((hold, index) => {
    if (hold.kind !== 'HOLD') return [];
    const fromMs = within(session, hold.at);
    const around = engaged.find(stretch => stretch.fromMs <= fromMs && fromMs < stretch.toMs);
    if (around === undefined) return [];
    const release = events.find((event, nth) => nth > index && releases(event, hold));
    const releaseMs = release === undefined ? around.toMs : within(session, release.at);
    const isReleased = release !== undefined && releaseMs <= around.toMs;
    return {
      fromMs,
      toMs: Math.min(around.toMs, releaseMs),
      label: 'Hold',
      baseState: around.baseState,
      callId: hold.callId,
      openedBy: hold.id,
      closedBy: isReleased ? release.id : around.closedBy,
    };
  });
  return spans.filter(span => lengthOf(span) > 0);
}

const releases = (event: SessionEvent, hold: SessionEvent) =>
  RELEASES.includes(event.kind) && (event.callId === hold.callId || event.callId === '' || hold.callId === '');

/** The intervals by beginning, each without the time that earlier ones cover. */
export function disjoint(intervals: readonly Interval[]): Interval[] {
  let countedTo = Number.NEGATIVE_INFINITY;
  return intervals
    .toSorted((one, other) => one.fromMs - other.fromMs)
    .map(interval => {
      const fromMs = Math.max(interval.fromMs, countedTo);
      countedTo = Math.max(countedTo, interval.toMs);
      return { ...interval, fromMs };
    })
    .filter(interval => lengthOf(interval) > 0);
}

/** By the events of the line; without any, the line is off hook while the agent is engaged. */
export function offHookStretches(session: SessionFacts, visits: readonly Visit[]): Interval[] {
  const hooks = session.events.filter(({ kind }) => kind === 'OFF_HOOK' || kind === 'ON_HOOK');
  if (hooks.length === 0) return engagedStretches(session, visits);
  const stretches: Interval[] = [];
  let off: SessionEvent | undefined;
  for (const position of positionsOf(hooks)) {
    const on = position.find(({ kind }) => kind === 'ON_HOOK');
    const goesOff = position.find(({ kind }) => kind === 'OFF_HOOK');
    const wasIdle = off === undefined;
    if (on !== undefined && off !== undefined) {
      stretches.push(stretch(session, off, on));
      off = undefined;
    }
    // Off and on hook at one position of an idle line: no time passed.
    if (goesOff !== undefined && !(on !== undefined && wasIdle)) off ??= goesOff;
  }
  if (off !== undefined) stretches.push(stretch(session, off, undefined));
  return stretches.filter(interval => lengthOf(interval) > 0);
}

function stretch(session: SessionFacts, off: SessionEvent, on: SessionEvent | undefined): Interval {
  return {
    fromMs: within(session, off.at),
    toMs: on === undefined ? session.endMs : within(session, on.at),
    label: 'Off hook',
    baseState: '',
    callId: off.callId,
    openedBy: off.id,
    closedBy: on?.id ?? session.endedBy?.id ?? '',
  };
}
