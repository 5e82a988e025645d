// Lines about calls into what an agent's session tells of them.
import { outAnswer, outCall, outDial, outNoConnect, outTransfer } from './dialled-calls.ts';
import { holdMs, type QueueLine, ringMs, talkMs } from '../queue-line.ts';
import type { Session } from './session.ts';
import { inbound, outbound } from './told-calls.ts';
import type { Verb } from '../verbs.ts';

type Tell = (session: Session, line: QueueLine, at: number) => void;

/** By verb; a verb that is not here is about no call. */
export const CALL_VERBS: Readonly<Partial<Record<Verb, Tell>>> = {
  CONNECT: connect,
  COMPLETEAGENT: complete,
  COMPLETECALLER: complete,
  BLINDTRANSFER: transfer,
  ATTENDEDTRANSFER: transfer,
  TRANSFER: transfer,
  CALLERONHOLD: hold,
  CALLEROFFHOLD: unhold,
  RINGNOANSWER: ringNoAnswer,
  RINGCANCELED: withdrawn,
  ABANDON: abandon,
  WITHDRAW: abandon,
  AGENTDUMP: withdrawn,
  SYSCOMPAT: withdrawn,
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

/** Lines that belong to a call that is known or to none: they begin no session. */
export const WITHIN_CALLS: ReadonlySet<Verb> = new Set<Verb>(['CALLERONHOLD', 'CALLEROFFHOLD', 'OUTTRANSFER']);

/** Whether a line tells how a call went on, which may come after the agent has left. */
export const ENDINGS: ReadonlySet<Verb> = new Set<Verb>([
  ...(['COMPLETEAGENT', 'COMPLETECALLER', 'BLINDTRANSFER', 'ATTENDEDTRANSFER', 'TRANSFER', 'ABANDON'] as const),
  ...(['OUTANSWER', 'OUTCANCEL', 'OUTCHANUNAVAIL', 'OUTCONGESTION', 'OUTBUSY', 'OUTNOANSWER'] as const),
  ...(['OUTFAILED', ...WITHIN_CALLS] as const),
]);

/** The phone rang until this line. A call that was answered once and came back is offered without its id: it counts once. */
function offer(session: Session, line: QueueLine): void {
  session.memberships.see(line.queue, !session.hasLogin);
  const callId = session.answered.has(line.callId) ? '' : line.callId;
  session.tellSince(ringMs(line), { kind: 'OFFER', ...inbound(line, callId) }, 'TRANSITION');
}

function connect(session: Session, line: QueueLine, at: number): void {
  if (session.call?.id === line.callId && line.callId !== '') return;
  // Who is rung is on no other call, so the end of that one was not written.
  session.endCallBefore(ringMs(line));
  offer(session, line);
  session.call = { id: line.callId, sinceMs: at };
  session.dials.clear();
  session.answered.add(line.callId);
  session.tellState({ kind: 'ANSWER', ...inbound(line, line.callId) });
}

/** Asterisk rings the member again as soon as there is a call: a missed one is no state. */
function ringNoAnswer(session: Session, line: QueueLine): void {
  offer(session, line);
  session.tellState({ kind: 'RING_NO_ANSWER', ...inbound(line, line.callId) });
}

/** Offered, and gone before either an answer or a miss. */
function withdrawn(session: Session, line: QueueLine): void {
  offer(session, line);
  session.tellState({ kind: 'CALL_END', ...inbound(line, line.callId) });
}

/** The caller gave up while this agent was rung, or left the call that the agent was in. */
function abandon(session: Session, line: QueueLine): void {
  const isTalked = line.callId !== '' && session.call?.id === line.callId;
  if (isTalked) complete(session, line);
  else withdrawn(session, line);
}

/** The call that a line ends: the one talked, under whatever id, unless the id is of one that has ended before. */
function endedCall(session: Session, { callId }: QueueLine): string {
  const { call } = session;
  if (call === undefined || (call.id !== callId && session.answered.has(callId))) return callId;
  session.call = undefined;
  session.heldCall = undefined;
  return call.id;
}

/** Of a call whose beginning was not written the log says how long it was. */
function answerBefore(session: Session, line: QueueLine): void {
  if (session.call !== undefined || session.answered.has(line.callId)) return;
  session.answered.add(line.callId);
  session.tellSince(talkMs(line) ?? 0, { kind: 'ANSWER', ...inbound(line, line.callId) }, 'ENGAGED');
}

function complete(session: Session, line: QueueLine): void {
  answerBefore(session, line);
  session.tellState({ kind: 'CALL_END', ...inbound(line, endedCall(session, line)) });
}

function transfer(session: Session, line: QueueLine): void {
  answerBefore(session, line);
  const told = inbound(line, endedCall(session, line));
  session.tell({ kind: 'TRANSFER', ...told });
  session.tellState({ kind: 'CALL_END', ...told });
}

/** The call that the agent is in, one of a queue or one dialled, and since when. */
function currentCall(session: Session, line: QueueLine) {
  const { call, startMs } = session;
  if (call !== undefined) return { told: inbound(line, call.id), sinceMs: call.sinceMs };
  const dial = session.dialOf(line.callId);
  if (dial !== undefined) return { told: outbound(line, dial.id), sinceMs: dial.sinceMs };
  return { told: inbound(line, line.callId), sinceMs: startMs };
}

function hold(session: Session, line: QueueLine): void {
  const { told } = currentCall(session, line);
  session.heldCall = told.callId;
  session.tell({ kind: 'HOLD', ...told });
}

/** A hold whose beginning was not written lasted as long as its end says. */
function unhold(session: Session, line: QueueLine): void {
  const { told, sinceMs } = currentCall(session, line);
  const spanMs = holdMs(line) ?? 0;
  if (session.heldCall === undefined && spanMs > 0) {
    session.tellAfter(sinceMs, spanMs, { kind: 'HOLD', ...told });
  }
  session.heldCall = undefined;
  session.tell({ kind: 'UNHOLD', ...told });
}
