// Stores the events of a FreeSWITCH event socket, and reconnects when the connection is lost.
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
 * Listens until the signal is aborted. Events during a lost connection are lost, too: the switch does not keep them.
 * @param log prints a line when the connection is made, lost or refused
 */
export async function listen(
  offhook: Offhook,
  eventSocket: EventSocket,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const address = `${eventSocket.host}:${eventSocket.port}`;
  let pauseMs: number = LIMITS.reconnectFirstMs;
  while (!signal.aborted) {
    const failure = await listenOnce(offhook, eventSocket, signal, () => {
      pauseMs = LIMITS.reconnectFirstMs;
      log(`Listening to ${address}.`);
    });
    if (signal.aborted) return;
    log(`${address}: ${failure} Reconnecting in ${pauseMs / 1000} s.`);
    await setTimeout(pauseMs, undefined, { signal }).catch(() => {});
    pauseMs = Math.min(pauseMs * 2, LIMITS.reconnectLastMs);
  }
}

/** Reads one connection to its end. Returns why it ended. */
async function listenOnce(
  offhook: Offhook,
  { accountId, host, port, password }: EventSocket,
  signal: AbortSignal,
  listening: () => void,
): Promise<string> {
  const client = eventSocketClient(password);
  const socket: Socket = connect({ host, port, signal }).setEncoding('utf8').setKeepAlive(true);
  let isListening = false;
  try {
    for await (const text of socket) {
      const step = client.push(text as string);
      for (const command of step.send) socket.write(command);
      if (step.listening && !isListening) listening();
      isListening ||= step.listening;
      // Reads on only after these events are stored: a slow engine slows down the switch and does not fill the memory.
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
 * Parses account, host and port, such as `15300002:127.0.0.1:8021`. The password is not on the command line, where every user
 * of the machine could see it.
 * @throws UserError INVALID_REQUEST
 */
export function eventSocketOf(text: string, password: string | undefined): EventSocket {
  const [, accountId, host, port] = /^([^:]+):(.+):(\d{1,5})$/.exec(text) ?? [];
  const isUsable = password !== undefined && /^[^\r\n]+$/.test(password);
  if (accountId === undefined || host === undefined || port === undefined || !isUsable) {
    throw new UserError(
      'INVALID_REQUEST',
      isUsable
        ? `The event socket '${text}' does not have the form ACCOUNT:HOST:PORT.`
        : 'OFFHOOK_EVENT_SOCKET_PASSWORD is missing or has more than one line.',
      "Write the socket as 'ACCOUNT:127.0.0.1:8021', and set OFFHOOK_EVENT_SOCKET_PASSWORD to its password.",
    );
  }
  return { accountId, host, port: Number(port), password };
}
