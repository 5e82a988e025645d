// The client's side of FreeSWITCH's event socket, without the socket: text that comes in to commands that go out, and events.
import type { RawDocument } from '../source.ts';
import { type Frame, frameSplitter } from './frames.ts';
import { documentOf } from './split.ts';

/** What a piece of text leads to. */
export interface EventSocketStep {
  /** To be written to the socket, in this order. */
  send: string[];
  /** Events, as `freeswitch.reader` reads them. */
  documents: RawDocument[];
  /** True from the moment on in which events come: the time to forget earlier failures. */
  listening: boolean;
  /** Why nothing more will come on this connection; empty as long as it is good. */
  failure: string;
  /** Whether the switch refused what was sent, so that a new connection will fail, too, until a setting is changed. */
  refused: boolean;
}

export interface EventSocketClient {
  /** Text as it comes, cut anywhere. */
  push: (text: string) => EventSocketStep;
}

type Stage = 'CONNECTED' | 'AUTHENTICATING' | 'SUBSCRIBING' | 'LISTENING' | 'FAILED';

/** Plain events are URL-encoded, so that their text is ASCII and a lost byte spoils no more than one event. */
const SUBSCRIBE = 'event plain CUSTOM callcenter::info\n\n';

/**
 * One connection; after a failure a new client talks on a new one. The switch keeps no events for a client that is away.
 * @throws Error if the password holds a line end, which would end the command
 */
export function eventSocketClient(password: string): EventSocketClient {
  if (/[\r\n]/.test(password)) throw new Error('A password of an event socket cannot hold a line end.');
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
    else if (frame.contentType === 'text/disconnect-notice') this.fail('The switch ended the connection.', false);
    else if (frame.contentType === 'text/rude-rejection') {
      this.fail('The switch does not take connections from this address (its acl).', true);
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
