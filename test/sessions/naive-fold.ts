// The rules of a session once more, one event after the other: what fold.sql must give, written to be read, not to be fast.
import {
  type AgentEvent,
  BASE_STATES,
  type BaseState,
  EVENT_KINDS,
  type EventKind,
} from '../../src/events/agent-event.ts';
import type { SessionRange } from '../../src/sessions/sessions.ts';

const MINUTE_MS = 60_000;

/** The columns of fold.sql, by their names. */
export interface NaiveSession {
  account_id: string;
  login_session_id: string;
  agent_id: string;
  username: string;
  phone: string;
  external_agent_id: string;
  dial_group_name: string;
  source: string;
  login_ms: number;
  end_ms: number;
  end_reason: 'NORMAL' | 'SUPERSEDED' | 'STALE' | 'OPEN';
  has_login: number;
  login_time_ms: number;
  last_state: number;
  last_state_since_ms: number;
  last_flag: number;
  last_flag_since_ms: number;
  label_ms: Record<string, number>;
  available_ms: number;
  ring_ms: number;
  engaged_ms: number;
  wrap_ms: number;
  monitoring_ms: number;
  work_ms: number;
  break_ms: number;
  away_ms: number;
  lunch_ms: number;
  training_ms: number;
  rna_ms: number;
  unaccounted_ms: number;
  pending_disposition_ms: number;
  holds: number;
  hold_ms: number;
  talk_ms: number;
  off_hook_ms: number;
  rounded_off_hook_ms: number;
  accepted: number;
  ring_no_answers: number;
  offers_withdrawn: number;
  presented: number;
  manual_no_connects: number;
  transfers: number;
  monitoring_sessions: number;
}

/** Who a session belongs to and when its events begin and end. */
interface Outline {
  events: AgentEvent[];
  accountId: string;
  sessionId: string;
  agentId: string;
  loginMs: number;
  lastMs: number;
  logoutMs: number | undefined;
}

interface Span {
  startMs: number;
  endMs: number;
}

/** Sessions whose login lies in the range, by `accountId/loginSessionId`. */
export function naiveFold(events: readonly AgentEvent[], range: SessionRange): Map<string, NaiveSession> {
  const outlines = outlinesOf(events);
  const sessions = new Map<string, NaiveSession>();
  for (const outline of outlines) {
    if (!range.accountIds.includes(outline.accountId)) continue;
    if (outline.loginMs < range.fromMs || outline.loginMs > range.toMs) continue;
    if (outline.lastMs < (range.seenFromMs ?? range.fromMs)) continue;
    sessions.set(`${outline.accountId}/${outline.sessionId}`, foldOne(outline, outlines, range));
  }
  return sessions;
}

function outlinesOf(events: readonly AgentEvent[]): Outline[] {
  const bySession = new Map<string, AgentEvent[]>();
  for (const event of distinctFacts(events)) {
    if (event.loginSessionId === '') continue;
    const key = `${event.accountId}/${event.loginSessionId}`;
    bySession.set(key, [...(bySession.get(key) ?? []), event]);
  }
  return [...bySession.values()].map(own => {
    const instants = own.map(event => event.at);
    const logins = own.filter(event => event.kind === 'LOGIN').map(event => event.at);
    const logouts = own.filter(event => event.kind === 'LOGOUT').map(event => event.at);
    return {
      events: own.sort(byPlace),
      accountId: own[0]!.accountId,
      sessionId: own[0]!.loginSessionId,
      agentId: greatest(own.map(event => event.agentId)),
      loginMs: Math.min(...(logins.length > 0 ? logins : instants)),
      lastMs: Math.max(...instants),
      logoutMs: logouts.length > 0 ? Math.max(...logouts) : undefined,
    };
  });
}

/** A fact that arrives again is the same fact, whenever it arrives and whatever its raw form; two that say different things never are. */
function distinctFacts(events: readonly AgentEvent[]): AgentEvent[] {
  const facts = new Map<string, AgentEvent>();
  for (const event of events) {
    const { receivedAt: _receivedAt, raw: _raw, source: _source, ...said } = event;
    facts.set(JSON.stringify(said), event);
  }
  return [...facts.values()];
}

/** Instant, order within it, kind; then events that name their call before those that do not. */
function byPlace(a: AgentEvent, b: AgentEvent): number {
  return (
    a.at - b.at ||
    a.order - b.order ||
    EVENT_KINDS.indexOf(a.kind) - EVENT_KINDS.indexOf(b.kind) ||
    Number(a.callId === '') - Number(b.callId === '')
  );
}

function foldOne(outline: Outline, outlines: readonly Outline[], range: SessionRange): NaiveSession {
  const { events, loginMs } = outline;
  const endReason = endReasonOf(outline, outlines, range);
  const endMs = endOf(outline, endReason, range);
  const clip = (at: number) => Math.min(Math.max(at, loginMs), endMs);

  const visits = visitsOf(events);
  const inState = (...states: BaseState[]) =>
    timeWhere(visits, clip, endMs, visit => states.some(state => state === visit.state));
  const engaged = engagedStretches(visits, clip, endMs);
  const engagedMs = inState('ENGAGED');
  const holdMs = holdTime(events, engaged, clip);
  const workMs = inState('AVAILABLE', 'TRANSITION', 'ENGAGED', 'WORKING', 'MONITORING');
  const breakMs = inState('ON_BREAK');
  const awayMs = inState('AWAY', 'AUX_OFFHOOK', 'AUX_NO_OFFHOOK');
  const lunchMs = inState('LUNCH');
  const trainingMs = inState('TRAINING');
  const rnaMs = inState('RNA');
  const statesMs = workMs + breakMs + awayMs + lunchMs + trainingMs + rnaMs;

  const offHook = offHookStretches(events, engaged, clip, endMs);
  const calls = countCalls(events, endReason === 'OPEN');
  const atLogin = events.filter(event => event.kind === 'LOGIN');
  const text = (from: readonly AgentEvent[], field: 'username' | 'phone' | 'dialGroupName') =>
    greatest(from.map(event => event[field]));

  return {
    account_id: outline.accountId,
    login_session_id: outline.sessionId,
    agent_id: outline.agentId,
    username: text(atLogin, 'username') || text(events, 'username'),
    phone: text(atLogin, 'phone') || text(events, 'phone'),
    external_agent_id: greatest(events.map(event => event.externalAgentId)),
    dial_group_name: text(atLogin, 'dialGroupName') || text(events, 'dialGroupName'),
    source: greatest(events.map(event => event.source)),
    login_ms: loginMs,
    end_ms: endMs,
    end_reason: endReason,
    has_login: atLogin.length > 0 ? 1 : 0,
    login_time_ms: endMs - loginMs,
    ...lastOf(visits, clip),
    label_ms: timeByLabel(visits, clip, endMs),
    available_ms: inState('AVAILABLE'),
    ring_ms: inState('TRANSITION'),
    engaged_ms: engagedMs,
    wrap_ms: inState('WORKING'),
    monitoring_ms: inState('MONITORING'),
    work_ms: workMs,
    break_ms: breakMs,
    away_ms: awayMs,
    lunch_ms: lunchMs,
    training_ms: trainingMs,
    rna_ms: rnaMs,
    unaccounted_ms: endMs - loginMs - statesMs,
    pending_disposition_ms: timeWhere(visits, clip, endMs, visit => visit.pending),
    holds: countHolds(events),
    hold_ms: holdMs,
    talk_ms: engagedMs - holdMs,
    off_hook_ms: offHook.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
    rounded_off_hook_ms: offHook.reduce(
      (sum, { startMs, endMs }) => sum + Math.ceil((endMs - startMs) / MINUTE_MS) * MINUTE_MS,
      0,
    ),
    ...calls,
    monitoring_sessions: events.filter(event => event.kind === 'MONITOR_START').length,
  };
}

function endReasonOf(outline: Outline, outlines: readonly Outline[], range: SessionRange) {
  const { accountId, agentId, sessionId, loginMs, lastMs } = outline;
  if (outline.logoutMs !== undefined) return 'NORMAL';
  const superseded = outlines.some(
    later =>
      agentId !== '' &&
      later.accountId === accountId &&
      later.agentId === agentId &&
      // Nothing has come from this session since the agent logged in again.
      later.loginMs >= lastMs &&
      later.loginMs <= lastMs + range.staleAfterMs &&
      (later.loginMs > loginMs || (later.loginMs === loginMs && later.sessionId > sessionId)),
  );
  if (superseded) return 'SUPERSEDED';
  return range.nowMs - lastMs >= range.staleAfterMs ? 'STALE' : 'OPEN';
}

function endOf(outline: Outline, endReason: NaiveSession['end_reason'], range: SessionRange): number {
  if (endReason === 'NORMAL') return Math.max(outline.logoutMs!, outline.loginMs);
  return endReason === 'OPEN' ? Math.max(range.nowMs, outline.lastMs) : outline.lastMs;
}

/** A state with its flag, from `at` to the next visit; several visits of one instant take no time but the last. */
interface Visit {
  at: number;
  state: BaseState | '';
  /** What the agent sees of the state. */
  label: string;
  pending: boolean;
}

function visitsOf(events: readonly AgentEvent[]): Visit[] {
  const visits: Visit[] = [];
  let state: BaseState | '' = '';
  let label = '';
  let beforeCircles: BaseState | '' = '';
  for (const place of placesOf(events)) {
    const at = place[0]!.at;
    // An event that says only the flag leaves the state; of two of one place the one that turns it on is the last.
    const flags = place
      .filter(event => event.baseState === '' && event.pendingDisposition !== null)
      .map(event => event.pendingDisposition === true);
    for (const pending of flags.sort((a, b) => Number(a) - Number(b))) visits.push({ at, state, label, pending });
    const entering = place.filter(event => event.baseState !== '');
    if (entering.length === 0) continue;
    const last = lastEntered(entering, beforeCircles);
    for (const event of [...entering.filter(other => other !== last), last]) {
      const { baseState, stateLabel, pendingDisposition } = event;
      const seen = stateLabel || baseState;
      visits.push({ at, state: baseState, label: seen, pending: pendingDisposition === true });
    }
    state = last.baseState;
    label = last.stateLabel || state;
    if (!isCircle(entering)) beforeCircles = state;
  }
  return visits;
}

/** The events of one place: the same instant and order. */
function placesOf(events: readonly AgentEvent[]): AgentEvent[][] {
  const places: AgentEvent[][] = [];
  for (const event of events) {
    const before = places.at(-1)?.at(-1);
    if (before?.at === event.at && before.order === event.order) places.at(-1)!.push(event);
    else places.push([event]);
  }
  return places;
}

/**
 * The state in which the events of one place leave the agent. Where they name the states they left, they are a way
 * through these states, and a way ends in the state that is entered once more than it is left; a way that is a circle
 * ends where it began. Where they name none, the usual way through a call decides.
 */
function lastEntered(entering: readonly AgentEvent[], before: BaseState | ''): AgentEvent {
  const balance = new Map<BaseState | '', number>();
  const isWay = entering.some(event => event.prevBaseState !== '');
  for (const event of entering) balance.set(event.baseState, 0);
  if (isWay) {
    for (const { baseState, prevBaseState } of entering) {
      balance.set(baseState, balance.get(baseState)! + 1);
      if (balance.has(prevBaseState)) balance.set(prevBaseState, balance.get(prevBaseState)! - 1);
    }
  }
  const most = Math.max(...balance.values());
  const ends = [...balance.keys()].filter(state => balance.get(state) === most);
  ends.sort((a, b) => rank(a) - rank(b));
  const state = isCircle(entering) && ends.includes(before) ? before : ends.at(-1);
  // Of several events that enter it, one that comes from the state itself is later, then one with the flag on, then one
  // from a later state of the usual way, then the one with the greatest label.
  const stays = (event: AgentEvent) => Number(event.prevBaseState === event.baseState);
  const flag = (event: AgentEvent) => Number(event.pendingDisposition === true);
  return entering
    .filter(event => event.baseState === state)
    .sort(
      (a, b) =>
        stays(a) - stays(b) ||
        flag(a) - flag(b) ||
        rank(a.prevBaseState) - rank(b.prevBaseState) ||
        Buffer.compare(Buffer.from(a.stateLabel || a.baseState), Buffer.from(b.stateLabel || b.baseState)),
    )
    .at(-1)!;
}

/** As many events enter each state as leave it. */
function isCircle(entering: readonly AgentEvent[]): boolean {
  const names = (states: (BaseState | '')[]) => states.sort((a, b) => rank(a) - rank(b)).join();
  return names(entering.map(event => event.baseState)) === names(entering.map(event => event.prevBaseState));
}

function rank(state: BaseState | ''): number {
  return state === '' ? -1 : BASE_STATES.indexOf(state);
}

type Clip = (at: number) => number;

function timeWhere(visits: readonly Visit[], clip: Clip, endMs: number, counts: (visit: Visit) => boolean): number {
  let sum = 0;
  visits.forEach((visit, index) => {
    if (counts(visit)) sum += clip(visits[index + 1]?.at ?? endMs) - clip(visit.at);
  });
  return sum;
}

/** Labels with the time in them; those with none are left out. */
function timeByLabel(visits: readonly Visit[], clip: Clip, endMs: number): Record<string, number> {
  const labels = [...new Set(visits.filter(visit => visit.state !== '').map(visit => visit.label))];
  const times = labels.map(label => [label, timeWhere(visits, clip, endMs, visit => visit.label === label)] as const);
  return Object.fromEntries(times.filter(([, ms]) => ms > 0));
}

/** The last state and flag, and since when they hold. */
function lastOf(visits: readonly Visit[], clip: Clip) {
  const last = visits.at(-1);
  const since = (holds: (visit: Visit) => boolean) => {
    const before = visits.findLastIndex(visit => !holds(visit));
    return before + 1 < visits.length ? clip(visits[before + 1]!.at) : 0;
  };
  const state = last?.state ?? '';
  return {
    last_state: rank(state) + 1,
    last_state_since_ms: state === '' ? 0 : since(visit => visit.state === state),
    last_flag: Number(last?.pending ?? false),
    last_flag_since_ms: since(visit => visit.pending),
  };
}

/** Engaged without another state in between, be it for no time. */
function engagedStretches(visits: readonly Visit[], clip: Clip, endMs: number): Span[] {
  const stretches: Span[] = [];
  visits.forEach((visit, index) => {
    if (visit.state !== 'ENGAGED') return;
    const span = { startMs: clip(visit.at), endMs: clip(visits[index + 1]?.at ?? endMs) };
    if (visits[index - 1]?.state === 'ENGAGED') stretches.at(-1)!.endMs = span.endMs;
    else stretches.push(span);
  });
  return stretches;
}

/** Time in which at least one call is on hold. */
function holdTime(events: readonly AgentEvent[], engaged: readonly Span[], clip: Clip): number {
  const spans: Span[] = [];
  events.forEach((hold, index) => {
    if (hold.kind !== 'HOLD') return;
    const startMs = clip(hold.at);
    const around = engaged.find(stretch => stretch.startMs <= startMs && startMs < stretch.endMs);
    if (around === undefined) return;
    const release = events
      .slice(index)
      .find(
        event =>
          (event.kind === 'UNHOLD' || event.kind === 'CALL_END') &&
          (event.callId === hold.callId || event.callId === '' || hold.callId === ''),
      );
    spans.push({ startMs, endMs: Math.min(around.endMs, release ? clip(release.at) : around.endMs) });
  });
  spans.sort((a, b) => a.startMs - b.startMs);
  let sum = 0;
  let countedTo = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of spans) {
    sum += Math.max(endMs - Math.max(startMs, countedTo), 0);
    countedTo = Math.max(countedTo, endMs);
  }
  return sum;
}

function countHolds(events: readonly AgentEvent[]): number {
  const holds = events.filter(event => event.kind === 'HOLD');
  const named = new Set(holds.map(event => event.callId).filter(call => call !== ''));
  return named.size + holds.filter(event => event.callId === '').length;
}

/** As the source sees the line; where it sees none, the line is off hook while engaged. */
function offHookStretches(events: readonly AgentEvent[], engaged: Span[], clip: Clip, endMs: number): Span[] {
  const hooks = events.filter(event => event.kind === 'OFF_HOOK' || event.kind === 'ON_HOOK');
  if (hooks.length === 0) return engaged;
  const stretches: Span[] = [];
  let since: number | undefined;
  for (const place of placesOf(hooks)) {
    const at = clip(place[0]!.at);
    const goesOn = place.some(event => event.kind === 'ON_HOOK');
    const goesOff = place.some(event => event.kind === 'OFF_HOOK');
    const wasIdle = since === undefined;
    if (goesOn && since !== undefined) {
      stretches.push({ startMs: since, endMs: at });
      since = undefined;
    }
    // Off and on at the place of an idle line: it was off hook for no time.
    if (goesOff && !(goesOn && wasIdle)) since ??= at;
  }
  if (since !== undefined) stretches.push({ startMs: since, endMs });
  return stretches;
}

const OUTCOMES: readonly EventKind[] = ['OFFER', 'MANUAL_DIAL', 'ANSWER', 'RING_NO_ANSWER', 'NO_CONNECT'];

function countCalls(events: readonly AgentEvent[], isOpen: boolean) {
  const ofKind = (...kinds: EventKind[]) => events.filter(event => kinds.includes(event.kind));
  const named = (list: readonly AgentEvent[]) => list.map(event => event.callId).filter(call => call !== '');
  const anonymous = (list: readonly AgentEvent[]) => list.filter(event => event.callId === '').length;

  const outcomes = outcomesOf(events);
  const answers = outcomes.filter(event => outcomeOf(event) === 'ANSWER');
  const answeredCalls = new Set(named(answers));
  const accepted = answeredCalls.size + anonymous(answers);

  const misses = ofKind('RING_NO_ANSWER');
  const offersWithdrawn = countWithdrawn(outcomes);

  const transfers = ofKind('TRANSFER');
  const transferredCalls = new Set(named(transfers).filter(call => answeredCalls.has(call)));
  return {
    accepted,
    ring_no_answers: misses.length,
    offers_withdrawn: offersWithdrawn,
    presented: accepted + misses.length + offersWithdrawn,
    manual_no_connects: countNoConnects(outcomes, answeredCalls, isOpen),
    transfers: Math.min(transferredCalls.size + anonymous(transfers), accepted),
  };
}

/** What an event is for its call: a state that is engaged in a named call answers it. */
function outcomeOf({ kind, baseState, callId }: AgentEvent): EventKind | undefined {
  if (kind === 'STATE') return baseState === 'ENGAGED' && callId !== '' ? 'ANSWER' : undefined;
  return OUTCOMES.find(outcome => outcome === kind);
}

function outcomesOf(events: readonly AgentEvent[]): AgentEvent[] {
  const rankOf = (event: AgentEvent) => OUTCOMES.indexOf(outcomeOf(event)!);
  return events
    .filter(event => outcomeOf(event) !== undefined)
    .sort(
      (a, b) =>
        a.at - b.at || a.order - b.order || rankOf(a) - rankOf(b) || Number(a.callId === '') - Number(b.callId === ''),
    );
}

/** Offers that nothing came of. */
function countWithdrawn(outcomes: readonly AgentEvent[]): number {
  let withdrawn = 0;
  // One that names no call is settled by what comes next.
  outcomes.forEach((event, index) => {
    const following = outcomes[index + 1];
    const next = following && outcomeOf(following);
    if (event.kind === 'OFFER' && event.callId === '' && next !== 'ANSWER' && next !== 'RING_NO_ANSWER') {
      withdrawn++;
    }
  });
  // One that names its call: by an answer or miss of this call, each of which settles one. A call that is offered again is
  // offered no longer as it was before; what happens at one place has no order, and is for the best.
  const ofCalls = outcomes.filter(event => event.callId !== '');
  for (const own of Map.groupBy(ofCalls, event => event.callId).values()) {
    let offered = 0;
    for (const place of placesOf(own)) {
      for (const { kind } of place) if (kind === 'OFFER') offered++;
      for (const event of place) {
        const outcome = outcomeOf(event);
        if (outcome === 'ANSWER' || outcome === 'RING_NO_ANSWER') offered = Math.max(offered - 1, 0);
      }
      if (offered > 1) {
        withdrawn += offered - 1;
        offered = 1;
      }
    }
    withdrawn += offered;
  }
  return withdrawn;
}

/** Calls dialled and never connected; the one that an open session dials at the moment may still connect. */
function countNoConnects(outcomes: readonly AgentEvent[], answeredCalls: ReadonlySet<string>, isOpen: boolean): number {
  const calls = new Set<string>();
  let count = 0;
  outcomes.forEach((event, index) => {
    if (event.kind !== 'MANUAL_DIAL' && event.kind !== 'NO_CONNECT') return;
    const before = outcomes[index - 1];
    if (event.callId !== '') {
      if (!answeredCalls.has(event.callId)) calls.add(event.callId);
    } else if (event.kind === 'MANUAL_DIAL') {
      const next = outcomes[index + 1];
      if (next === undefined || outcomeOf(next) !== 'ANSWER') count++;
    } else if (before?.kind !== 'MANUAL_DIAL' || before.callId !== '') {
      // A dial without a call and the no-connect after it are one.
      count++;
    }
  });
  const last = outcomes.at(-1);
  if (isOpen && last?.kind === 'MANUAL_DIAL') {
    const dialled = outcomes.filter(event => byPlace(event, last) === 0);
    if (dialled.some(event => !answeredCalls.has(event.callId))) count--;
  }
  return calls.size + count;
}

/** The last text in the order of its bytes. */
function greatest(texts: readonly string[]): string {
  return texts.reduce((most, text) => (Buffer.compare(Buffer.from(text), Buffer.from(most)) > 0 ? text : most), '');
}
