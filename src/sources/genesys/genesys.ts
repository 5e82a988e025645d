// The feed `genesys`: Genesys Cloud's users details, intervals of presence and routing status.
import type { AgentSource } from '../agent-source.ts';
import { factReader } from '../fact-reader.ts';
import type { Boundary } from './boundary.ts';
import { sessionizer } from './sessionizer.ts';
import { userSplitter } from './split.ts';
import { knownPresence } from './states.ts';
import { readUsers } from './users.ts';

export const genesys: AgentSource<Boundary> = {
  name: 'genesys',
  splitter: userSplitter,
  reader: context => factReader('genesys', context, document => readUsers(document, context)),
  sessionizer,
  guessBaseState: knownPresence,
};
