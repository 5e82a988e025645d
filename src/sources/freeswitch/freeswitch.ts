// FreeSWITCH's mod_callcenter: events of `callcenter::info`, plain or JSON, to facts about agents, and those to sessions.
import type { AgentSource } from '../agent-source.ts';
import { factReader } from '../fact-reader.ts';
import { type CallcenterEvent, readFact } from './fact.ts';
import { sessionizer } from './sessionizer.ts';
import { eventSplitter } from './split.ts';
import { knownStatus } from './states.ts';

export const freeswitch: AgentSource<CallcenterEvent> = {
  name: 'freeswitch',
  splitter: eventSplitter,
  reader: context =>
    factReader('freeswitch', context, ({ raw }) => {
      const fact = readFact(raw, context);
      return fact === undefined ? [] : [fact];
    }),
  sessionizer,
  guessBaseState: knownStatus,
};
