// FreeSWITCH's mod_callcenter: events of `callcenter::info`, plain or JSON, to facts about agents, and those to sessions.
import type { AgentSource } from '../agent-source.ts';
import { factReader } from '../fact-reader.ts';
import { readFact, type Told } from './fact.ts';
import { sessionizer } from './sessionizer.ts';
import { eventSplitter } from './split.ts';
import { knownStatus } from './states.ts';

export const freeswitch: AgentSource<Told> = {
  name: 'freeswitch',
  splitter: eventSplitter,
  reader: context =>
    factReader('freeswitch', context, ({ raw }) => {
      const fact = readFact(raw, context);
      return fact === undefined ? [] : [fact];
    }),
  sessionizer,
  stateByLabel: knownStatus,
};
