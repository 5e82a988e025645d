// Handles the log lines about calls: each changes the agent's session and emits its events.
import { holdMs, type QueueLine, ringMs, talkMs } from '../queue-line.ts';
import type { Verb } from '../verbs.ts';
import { inboundCall, outboundCall } from './call-fields.ts';
import { outAnswer, outCall, outDial, outNoConnect, outTransfer } from './dialled-calls.ts';
import type { Session } from './session.ts';

type CallHandler = (session: Session, line: QueueLine, at: number) => void;

/** The handler of each verb; a verb that is missing here is about no call. */
export const CALL_VERBS: Readonly<Partial<Record<Verb, CallHandler>>> = {
  CONNECT: connect,
  COMPLETEAGENT: complete,
  COMPLETECALLER: complete,
  BLINDTRANSFER: transfer,
  ATTENDEDTRANSFER: transfer,
  TRANSFER: transfer,
  CALLERONHOLD: hold,
  CALLEROFFHOLD: unhold,
  RINGNOANSWER: ringNoAnswer,
  RINGCANCELED: offerWithdrawn,
  ABANDON: abandon,
  WITHDRAW: abandon,
  AGENTDUMP: offerWithdrawn,
  SYSCOMPAT: offerWithdrawn,
  OUTDIAL: outDial,
  OUTANSWER: outAnswer,
  OUTCALL: outCall,
  OUTCANCEL: outNoConnect,
  OUTCHANUNAVAIL: outNoConnect,
  OUTCONGESTION: outNoConnect,
  OUTBUSY: outNoConnect,
  OUTNOANSWER: outNoConnect,
  OUTFAILED: outNoConnect,
  OUTTRANSFER: outTransfer,
};

/** Verbs that only occur within a call that has begun: they begin no session. */
export const MID_CALL_VERBS: ReadonlySet<Verb> = new Set<Verb>(['CALLERONHOLD', 'CALLEROFFHOLD', 'OUTTRANSFER']);

/** Verbs that continue or end a call. Their line may come after the agent has left. */
export const CALL_END_VERBS: ReadonlySet<Verb> = new Set<Verb>([
  'COMPLETEAGENT',
  'COMPLETECALLER',
  'BLINDTRANSFER',
  'ATTENDEDTRANSFER',
  'TRANSFER',
  'ABANDON',
  'OUTANSWER',
  'OUTCANCEL',
  'OUTCHANUNAVAIL',
  'OUTCONGESTION',
  'OUTBUSY',
  'OUTNOANSWER',
  'OUTFAILED',
  ...MID_CALL_VERBS,
]);

/**
 * The phone rang until this line. A call that the agent answered before and that came back is offered without its id, so that
 * it counts once.
 */
function offer(session: Session, line: QueueLine): void {
  session.memberships.observe(line.queue, !session.hasLogin);
  const callId = session.answered.has(line.callId) ? '' : line.callId;
  session.emitSince(ringMs(line), { kind: 'OFFER', ...inboundCall(line, callId) }, 'TRANSITION');
}

function connect(session: Session, line: QueueLine, at: number): void {
  if (session.call?.id === line.callId && line.callId !== '') return;
  // An agent who is rung is in no other call, so the end of that one is missing from the log.
  session.endUnfinishedCall(ringMs(line));
  offer(session, line);
  session.call = { id: line.callId, sinceMs: at };
  session.dials.clear();
  session.answered.add(line.callId);
  session.emitWithState({ kind: 'ANSWER', ...inboundCall(line, line.callId) });
}

/** Asterisk rings the member again as soon as there is a call, so a ring without answer enters no RNA state. */
function ringNoAnswer(session: Session, line: QueueLine): void {
  offer(session, line);
  session.emitWithState({ kind: 'RING_NO_ANSWER', ...inboundCall(line, line.callId) });
}

/** The call was offered and withdrawn before it was answered or missed. */
function offerWithdrawn(session: Session, line: QueueLine): void {
  offer(session, line);
  session.emitWithState({ kind: 'CALL_END', ...inboundCall(line, line.callId) });
}

/** The caller hung up while this agent was rung, or while connected to the agent. */
function abandon(session: Session, line: QueueLine): void {
  const isTalked = line.callId !== '' && session.call?.id === line.callId;
  if (isTalked) complete(session, line);
  else offerWithdrawn(session, line);
}

/** The id of the call that a line ends: the connected one, even if the line has another id, unless that is the id of an earlier call. */
function endedCall(session: Session, { callId }: QueueLine): string {
  const { call } = session;
  if (call === undefined || (call.id !== callId && session.answered.has(callId))) return callId;
  session.call = undefined;
  session.heldCall = undefined;
  return call.id;
}

/** Emits the answer of a call whose beginning is missing from the log, by the talk time that its end states. */
function emitEarlierAnswer(session: Session, line: QueueLine): void {
  if (session.call !== undefined || session.answered.has(line.callId)) return;
  session.answered.add(line.callId);
  session.emitSince(talkMs(line) ?? 0, { kind: 'ANSWER', ...inboundCall(line, line.callId) }, 'ENGAGED');
}

function complete(session: Session, line: QueueLine): void {
  emitEarlierAnswer(session, line);
  session.emitWithState({ kind: 'CALL_END', ...inboundCall(line, endedCall(session, line)) });
}

function transfer(session: Session, line: QueueLine): void {
  emitEarlierAnswer(session, line);
  const call = inboundCall(line, endedCall(session, line));
  session.emit({ kind: 'TRANSFER', ...call });
  session.emitWithState({ kind: 'CALL_END', ...call });
}

/** The call that the agent is in, from a queue or dialled, and since when. */
function currentCall(session: Session, line: QueueLine) {
  const { call, startMs } = session;
  if (call !== undefined) return { call: inboundCall(line, call.id), sinceMs: call.sinceMs };
  const dial = session.dialOf(line.callId);
  if (dial !== undefined) return { call: outboundCall(line, dial.id), sinceMs: dial.sinceMs };
  return { call: inboundCall(line, line.callId), sinceMs: startMs };
}

function hold(session: Session, line: QueueLine): void {
  const { call } = currentCall(session, line);
  session.heldCall = call.callId;
  session.emit({ kind: 'HOLD', ...call });
}

/** If the beginning of the hold is missing from the log, the duration that its end states gives it. */
function unhold(session: Session, line: QueueLine): void {
  const { call, sinceMs } = currentCall(session, line);
  const spanMs = holdMs(line) ?? 0;
  if (session.heldCall === undefined && spanMs > 0) {
    session.emitEarlier(sinceMs, spanMs, { kind: 'HOLD', ...call });
  }
  session.heldCall = undefined;
  session.emit({ kind: 'UNHOLD', ...call });
}
