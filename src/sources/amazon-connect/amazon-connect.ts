// The feed `amazon-connect`: Amazon Connect's agent event stream, from Kinesis, Firehose or files.
import type { AgentSource } from '../agent-source.ts';
import { baseStateFromKeywords } from '../state-keywords.ts';
import { type ConnectBody, eventReader } from './read-event.ts';
import { sessionizer } from './sessionizer.ts';
import { eventSplitter } from './split-events.ts';

export const amazonConnect: AgentSource<ConnectBody> = {
  name: 'amazon-connect',
  splitter: eventSplitter,
  reader: eventReader,
  sessionizer,
  guessBaseState: baseStateFromKeywords,
};
