// A stream of server-sent events as a client reads it: one event after the other, awaited.
import assert from 'node:assert/strict';
import { createParser } from 'eventsource-parser';

export interface StreamedEvent {
  event: string;
  data: Record<string, unknown> & Record<'agents' | 'upserted', Record<string, unknown>[]>;
}

export interface EventStream {
  /** undefined: the stream has ended as it should. */
  next: () => Promise<StreamedEvent | undefined>;
  /** Reads on until an event is as asked for; changes come in as many events as they happen to. */
  until: (isIt: (event: StreamedEvent) => boolean) => Promise<StreamedEvent>;
  leave: () => void;
}

export async function openEventStream(url: string, headers: Readonly<Record<string, string>>): Promise<EventStream> {
  const client = new AbortController();
  const answer = await fetch(url, { headers, signal: client.signal });
  assert.equal(answer.status, 200, await (answer.ok ? '' : answer.text()));
  assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const events: StreamedEvent[] = [];
  const parser = createParser({
    onEvent: ({ event = '', data }) => events.push({ event, data: JSON.parse(data) }),
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  async function next(): Promise<StreamedEvent | undefined> {
    while (events.length === 0) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      parser.feed(value);
    }
    return events.shift();
  }
  return {
    next,
    async until(isIt) {
      for (;;) {
        const event = await next();
        assert.ok(event, 'the stream ended before the event came');
        if (isIt(event)) return event;
      }
    },
    leave: () => client.abort(),
  };
}
