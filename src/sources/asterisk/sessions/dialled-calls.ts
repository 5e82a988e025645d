// Handles the log lines about manually dialled calls.
import { dialMs, type QueueLine, talkMs } from '../queue-line.ts';
import { outboundCall } from './call-fields.ts';
import type { Session } from './session.ts';

/** A number dialled during a call leaves the agent in that call. */
export function outDial(session: Session, line: QueueLine, at: number): void {
  session.dial(line.callId, at);
  session.emitWithState({ kind: 'MANUAL_DIAL', ...outboundCall(line, line.callId) });
}

/** Logged when the call is over, with its durations. Without durations it is logged at the answer. */
export function outAnswer(session: Session, line: QueueLine, at: number): void {
  const talkedMs = talkMs(line);
  const dial = session.endDial(line.callId);
  const answer = { kind: 'ANSWER', ...outboundCall(line, dial?.id ?? line.callId) } as const;
  session.answered.add(answer.callId);
  if (talkedMs === undefined) {
    session.call ??= { id: answer.callId, sinceMs: at };
    session.emitWithState(answer);
    return;
  }
  const isDuringCall = session.call !== undefined;
  if (dial === undefined) {
    session.emitSince((dialMs(line) ?? 0) + talkedMs, { ...answer, kind: 'MANUAL_DIAL' }, 'TRANSITION');
    session.emitSince(talkedMs, answer, 'ENGAGED');
  } else if (isDuringCall) session.emitEarlier(dial.sinceMs, talkedMs, answer);
  else session.emitTalk(dial.sinceMs, talkedMs, answer);
  if (line.data[1] === 'TRANSFER') session.emit({ ...answer, kind: 'TRANSFER' });
  session.emitWithState({ ...answer, kind: 'CALL_END' });
}

/** The only line of a call: its result, talk time and total time. */
export function outCall(session: Session, line: QueueLine, at: number): void {
  if (line.data[0] === 'ANSWER') outAnswer(session, line, at);
  else outNoConnect(session, line);
}

export function outNoConnect(session: Session, line: QueueLine): void {
  const dial = session.endDial(line.callId);
  const fields = { kind: 'NO_CONNECT', ...outboundCall(line, dial?.id ?? line.callId) } as const;
  if (dial === undefined) {
    session.emitSince(dialMs(line) ?? 0, { ...fields, kind: 'MANUAL_DIAL' }, 'TRANSITION');
  }
  session.emitWithState(fields);
}

/** Names the target of a transfer. The call's OUTANSWER reports the transfer too; with one call id it counts once. */
export function outTransfer(session: Session, line: QueueLine): void {
  const callId = session.dialOf(line.callId)?.id ?? line.callId;
  if (callId === '') session.emit({});
  else session.emit({ kind: 'TRANSFER', ...outboundCall(line, callId) });
}
