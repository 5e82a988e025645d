// FreeSWITCH's event socket into stored events: connects, listens, and connects again when the connection is lost.
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Offhook } from '../pipeline.ts';
import { eventSocketClient } from '../sources/freeswitch/event-socket.ts';
import { freeswitch } from '../sources/freeswitch/freeswitch.ts';
import type { RawDocument } from '../sources/source.ts';

export interface EventSocket {
  accountId: string;
  host: string;
  port: number;
  password: string;
}

/**
 * Listens until the signal is aborted. `say` is told when the connection is made, lost or refused; what is lost meanwhile, the
 * switch does not keep.
 */
export async function listen(
  offhook: Offhook,
  eventSocket: EventSocket,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const place = `${eventSocket.host}:${eventSocket.port}`;
  let pauseMs: number = LIMITS.reconnectFirstMs;
  while (!signal.aborted) {
    const failure = await listenOnce(offhook, eventSocket, signal, () => {
      pauseMs = LIMITS.reconnectFirstMs;
      say(`Listening to ${place}.`);
    });
    if (signal.aborted) return;
    say(`${place}: ${failure} Again in ${pauseMs / 1000} s.`);
    await setTimeout(pauseMs, undefined, { signal }).catch(() => {});
    pauseMs = Math.min(pauseMs * 2, LIMITS.reconnectLastMs);
  }
}

/** One connection, to its end; returns why it ended. */
async function listenOnce(
  offhook: Offhook,
  { accountId, host, port, password }: EventSocket,
  signal: AbortSignal,
  listening: () => void,
): Promise<string> {
  const client = eventSocketClient(password);
  const socket: Socket = connect({ host, port, signal }).setEncoding('utf8').setKeepAlive(true);
  let heard = false;
  try {
    for await (const text of socket) {
      const step = client.push(text as string);
      for (const command of step.send) socket.write(command);
      if (step.listening && !heard) listening();
      heard ||= step.listening;
      // The next piece is read when this one is stored: a slow engine holds up the switch, not this process's memory.
      if (step.documents.length > 0) await store(offhook, accountId, step.documents);
      if (step.failure !== '') return step.failure;
    }
    return 'The connection ended.';
  } catch (error) {
    return error instanceof Error ? `${error.message}.` : String(error);
  } finally {
    socket.destroy();
  }
}

async function store(offhook: Offhook, accountId: string, documents: readonly RawDocument[]): Promise<void> {
  const isAllowed = (id: string) => id === accountId;
  const context = await offhook.decodeContext({ accountId, isAllowed, receivedAt: Date.now(), live: true });
  await offhook.ingest(freeswitch, documents, context);
}

/**
 * `15300002:127.0.0.1:8021`: account, host and port. The password is not on the command line, where everybody on the machine
 * sees it.
 * @throws UserError INVALID_REQUEST
 */
export function eventSocketOf(text: string, password: string | undefined): EventSocket {
  const [, accountId, host, port] = /^([^:]+):(.+):(\d{1,5})$/.exec(text) ?? [];
  const isUsable = password !== undefined && /^[^\r\n]+$/.test(password);
  if (accountId === undefined || host === undefined || port === undefined || !isUsable) {
    throw new UserError(
      'INVALID_REQUEST',
      isUsable ? `'${text}' names no event socket.` : 'OFFHOOK_EVENT_SOCKET_PASSWORD is not set to one line.',
      "Write the socket as 'ACCOUNT:127.0.0.1:8021', and set OFFHOOK_EVENT_SOCKET_PASSWORD.",
    );
  }
  return { accountId, host, port: Number(port), password };
}
