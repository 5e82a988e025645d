// Lines about numbers that the agent dialled into what the agent's session tells of them.
import { dialMs, type QueueLine, talkMs } from '../queue-line.ts';
import type { Session } from './session.ts';
import { outbound } from './told-calls.ts';

/** A number dialled beside a call leaves the agent in the call. */
export function outDial(session: Session, line: QueueLine, at: number): void {
  session.dial(line.callId, at);
  session.tellState({ kind: 'MANUAL_DIAL', ...outbound(line, line.callId) });
}

/** Written when the call is over, with its times; a product that writes none means the answer. */
export function outAnswer(session: Session, line: QueueLine, at: number): void {
  const talked = talkMs(line);
  const dial = session.endDial(line.callId);
  const answer = { kind: 'ANSWER', ...outbound(line, dial?.id ?? line.callId) } as const;
  session.answered.add(answer.callId);
  if (talked === undefined) {
    session.call ??= { id: answer.callId, sinceMs: at };
    session.tellState(answer);
    return;
  }
  const isBesideCall = session.call !== undefined;
  if (dial === undefined) {
    session.tellSince((dialMs(line) ?? 0) + talked, { ...answer, kind: 'MANUAL_DIAL' }, 'TRANSITION');
    session.tellSince(talked, answer, 'ENGAGED');
  } else if (isBesideCall) session.tellAfter(dial.sinceMs, talked, answer);
  else session.tellTalk(dial.sinceMs, talked, answer);
  if (line.data[1] === 'TRANSFER') session.tell({ ...answer, kind: 'TRANSFER' });
  session.tellState({ ...answer, kind: 'CALL_END' });
}

/** The one line of a call, with its result, talk time and whole time. */
export function outCall(session: Session, line: QueueLine, at: number): void {
  if (line.data[0] === 'ANSWER') outAnswer(session, line, at);
  else outNoConnect(session, line);
}

export function outNoConnect(session: Session, line: QueueLine): void {
  const dial = session.endDial(line.callId);
  const told = { kind: 'NO_CONNECT', ...outbound(line, dial?.id ?? line.callId) } as const;
  if (dial === undefined) {
    session.tellSince(dialMs(line) ?? 0, { ...told, kind: 'MANUAL_DIAL' }, 'TRANSITION');
  }
  session.tellState(told);
}

/** Says to whom a call goes that ends as a transfer, which its OUTANSWER says as well: a call counts as one transfer. */
export function outTransfer(session: Session, line: QueueLine): void {
  const callId = session.dialOf(line.callId)?.id ?? line.callId;
  if (callId === '') session.tell({});
  else session.tell({ kind: 'TRANSFER', ...outbound(line, callId) });
}
