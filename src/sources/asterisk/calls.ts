// Lines about calls into what an agent's session tells of them.
import { dialMs, type QueueLine, ringMs, talkMs } from './queue-line.ts';
import type { Session } from './session.ts';
import type { Verb } from './verbs.ts';

type Tell = (session: Session, line: QueueLine, at: number) => void;

/** By verb; a verb that is not here is about no call. */
export const CALL_VERBS: Readonly<Partial<Record<Verb, Tell>>> = {
  CONNECT: connect,
  COMPLETEAGENT: complete,
  COMPLETECALLER: complete,
  BLINDTRANSFER: transfer,
  ATTENDEDTRANSFER: transfer,
  TRANSFER: transfer,
  RINGNOANSWER: ringNoAnswer,
  RINGCANCELED: withdrawn,
  AGENTDUMP: withdrawn,
  SYSCOMPAT: withdrawn,
  OUTDIAL: outDial,
  OUTANSWER: outAnswer,
  OUTCANCEL: outNoConnect,
  OUTCHANUNAVAIL: outNoConnect,
  OUTCONGESTION: outNoConnect,
  OUTBUSY: outNoConnect,
  OUTNOANSWER: outNoConnect,
};

/** Whether a line tells how a call ended, which may come after the agent has left. */
export const ENDINGS: ReadonlySet<Verb> = new Set<Verb>([
  ...(['COMPLETEAGENT', 'COMPLETECALLER', 'BLINDTRANSFER', 'ATTENDEDTRANSFER', 'TRANSFER'] as const),
  ...(['OUTANSWER', 'OUTCANCEL', 'OUTCHANUNAVAIL', 'OUTCONGESTION', 'OUTBUSY', 'OUTNOANSWER'] as const),
]);

const inbound = ({ queue }: QueueLine, callId: string) => ({
  ...({ callId, callDirection: 'INBOUND', queueId: queue, queueName: queue } as const),
});
const outbound = ({ queue }: QueueLine, callId: string) => ({
  ...({ callId, callDirection: 'OUTBOUND', queueId: queue, queueName: queue } as const),
});

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
  session.dial = undefined;
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

/** The call that a line ends: the one talked, under whatever id, unless the id is of one that has ended before. */
function endedCall(session: Session, { callId }: QueueLine): string {
  const { call } = session;
  if (call === undefined || (call.id !== callId && session.answered.has(callId))) return callId;
  session.call = undefined;
  return call.id;
}

function complete(session: Session, line: QueueLine): void {
  const isKnown = session.call !== undefined || session.answered.has(line.callId);
  if (!isKnown) {
    // Its beginning was not written, but the log says how long it was.
    session.answered.add(line.callId);
    session.tellSince(talkMs(line) ?? 0, { kind: 'ANSWER', ...inbound(line, line.callId) }, 'ENGAGED');
  }
  session.tellState({ kind: 'CALL_END', ...inbound(line, endedCall(session, line)) });
}

function transfer(session: Session, line: QueueLine): void {
  const told = inbound(line, endedCall(session, line));
  session.tell({ kind: 'TRANSFER', ...told });
  session.tellState({ kind: 'CALL_END', ...told });
}

/** A number dialled beside a call leaves the agent in the call. */
function outDial(session: Session, line: QueueLine, at: number): void {
  session.dial = { id: line.callId, sinceMs: at };
  session.tellState({ kind: 'MANUAL_DIAL', ...outbound(line, line.callId) });
}

/** Written when the call is over, with its times; a product that writes none means the answer. */
function outAnswer(session: Session, line: QueueLine, at: number): void {
  const talk = talkMs(line);
  const { dial } = session;
  session.dial = undefined;
  const answer = { kind: 'ANSWER', ...outbound(line, dial?.id ?? line.callId) } as const;
  session.answered.add(answer.callId);
  if (talk === undefined) {
    session.call ??= { id: answer.callId, sinceMs: at };
    session.tellState(answer);
    return;
  }
  const isBesideCall = session.call !== undefined;
  if (dial === undefined) {
    session.tellSince(dialMs(line) + talk, { ...answer, kind: 'MANUAL_DIAL' }, 'TRANSITION');
    session.tellSince(talk, answer, 'ENGAGED');
  } else session.tellAfter(dial.sinceMs, talk, isBesideCall ? answer : { ...answer, baseState: 'ENGAGED' });
  session.tellState({ ...answer, kind: 'CALL_END' });
}

function outNoConnect(session: Session, line: QueueLine): void {
  const told = { kind: 'NO_CONNECT', ...outbound(line, session.dial?.id ?? line.callId) } as const;
  if (session.dial === undefined) {
    session.tellSince(dialMs(line), { ...told, kind: 'MANUAL_DIAL' }, 'TRANSITION');
  }
  session.dial = undefined;
  session.tellState(told);
}
