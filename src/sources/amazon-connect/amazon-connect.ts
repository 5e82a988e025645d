// Amazon Connect's agent event stream (Kinesis, Firehose or files of it) to facts about agents, and these to sessions.
import type { AgentSource } from '../agent-source.ts';
import { type ConnectBody, eventReader } from './read-event.ts';
import { sessionizer } from './sessionizer.ts';
import { eventSplitter } from './split-events.ts';
import { stateByWords } from '../pause-words.ts';

export const amazonConnect: AgentSource<ConnectBody> = {
  name: 'amazon-connect',
  splitter: eventSplitter,
  reader: eventReader,
  sessionizer,
  stateByLabel: stateByWords,
};
