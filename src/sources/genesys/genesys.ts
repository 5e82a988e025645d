// Genesys Cloud's users details: intervals of presence and routing status to facts about agents, and those to sessions.
import type { AgentSource } from '../agent-source.ts';
import { factReader } from '../fact-reader.ts';
import type { Boundary } from './boundary.ts';
import { sessionizer } from './session-maker.ts';
import { userSplitter } from './split.ts';
import { knownPresence } from './states.ts';
import { readUsers } from './users.ts';

export const genesys: AgentSource<Boundary> = {
  name: 'genesys',
  splitter: userSplitter,
  reader: context => factReader('genesys', context, document => readUsers(document, context)),
  sessionizer,
  stateByLabel: knownPresence,
};
