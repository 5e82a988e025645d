// The feed `freeswitch`: events of FreeSWITCH's mod_callcenter (`callcenter::info`), plain or as JSON.
import type { AgentSource } from '../agent-source.ts';
import { factReader } from '../fact-reader.ts';
import { type CallcenterEvent, readFact } from './fact.ts';
import { sessionizer } from './sessionizer.ts';
import { eventSplitter } from './split.ts';
import { guessedStatus } from './states.ts';

export const freeswitch: AgentSource<CallcenterEvent> = {
  name: 'freeswitch',
  splitter: eventSplitter,
  reader: context =>
    factReader('freeswitch', context, ({ raw }) => {
      const fact = readFact(raw, context);
      return fact === undefined ? [] : [fact];
    }),
  sessionizer,
  guessBaseState: guessedStatus,
};
