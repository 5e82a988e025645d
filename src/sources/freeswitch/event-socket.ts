// The client side of FreeSWITCH's event socket protocol, without the socket: takes received text, gives commands and events.
import type { RawDocument } from '../source.ts';
import { type Frame, frameSplitter } from './frames.ts';
import { documentOf } from './split.ts';

/** The result of one piece of received text. */
export interface EventSocketStep {
  /** Commands to write to the socket, in this order. */
  send: string[];
  /** Events, for `freeswitch.reader`. */
  documents: RawDocument[];
  /** Whether the subscription is active, so that earlier failures no longer count. */
  listening: boolean;
  /** Why this connection is of no more use; empty while it works. */
  failure: string;
  /** Whether the switch refused the client, so that a new connection fails too until a setting is changed. */
  refused: boolean;
}

export interface EventSocketClient {
  /** Takes received text, split at any position. */
  push: (text: string) => EventSocketStep;
}

type Stage = 'CONNECTED' | 'AUTHENTICATING' | 'SUBSCRIBING' | 'LISTENING' | 'FAILED';

/** Plain events are URL-encoded: their text is ASCII, and a lost byte damages only one event. */
const SUBSCRIBE = 'event plain CUSTOM callcenter::info\n\n';

/**
 * A client for one connection; after a failure, a new connection needs a new client. The switch keeps no events for a client that is
 * not connected.
 * @throws Error if the password contains a line end, which would end the command
 */
export function eventSocketClient(password: string): EventSocketClient {
  if (/[\r\n]/.test(password)) throw new Error('The password of the event socket must not contain a line end.');
  return new Client(password);
}

class Client implements EventSocketClient {
  private readonly password: string;
  private readonly frames = frameSplitter();
  private stage: Stage = 'CONNECTED';
  private failure = '';
  private refused = false;

  constructor(password: string) {
    this.password = password;
  }

  push(text: string): EventSocketStep {
    const send: string[] = [];
    const documents: RawDocument[] = [];
    for (const frame of this.frames.push(text)) {
      if (this.stage === 'FAILED') break;
      this.take(frame, send);
      for (const document of documentOf(frame)) documents.push(document);
    }
    const { stage, failure, refused } = this;
    return { send, documents, listening: stage === 'LISTENING', failure, refused };
  }

  private take(frame: Frame, send: string[]): void {
    if (frame.contentType === 'auth/request') {
      this.stage = 'AUTHENTICATING';
      send.push(`auth ${this.password}\n\n`);
    } else if (frame.contentType === 'command/reply') this.takeReply(frame, send);
    else if (frame.contentType === 'text/disconnect-notice') this.fail('The switch closed the connection.', false);
    else if (frame.contentType === 'text/rude-rejection') {
      this.fail(
        'The switch refuses connections from this address: check apply-inbound-acl in event_socket.conf.',
        true,
      );
    }
  }

  /** Replies come in the order of the commands. */
  private takeReply({ head }: Frame, send: string[]): void {
    const reply = /^Reply-Text:[ \t]*(.*?)[ \t\r]*$/im.exec(head)?.[1] ?? '';
    const isGood = reply.startsWith('+OK');
    if (this.stage === 'AUTHENTICATING' && isGood) {
      this.stage = 'SUBSCRIBING';
      send.push(SUBSCRIBE);
    } else if (this.stage === 'AUTHENTICATING') this.fail(`The switch refused the password: ${reply}`, true);
    else if (this.stage === 'SUBSCRIBING' && isGood) this.stage = 'LISTENING';
    else if (this.stage === 'SUBSCRIBING') this.fail(`The switch refused to send events: ${reply}`, true);
  }

  private fail(failure: string, refused: boolean): void {
    this.stage = 'FAILED';
    this.failure = failure;
    this.refused = refused;
  }
}
