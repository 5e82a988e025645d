// All exports of RingCentral by the name used in `--source`.
import { agentLogins } from './agent-logins.ts';
import { agentStates } from './agent-states.ts';
import type { Export } from './export.ts';
import { sessionReport } from './session-report.ts';

export const EXPORTS: Readonly<Record<string, Export>> = Object.fromEntries(
  [sessionReport, agentLogins, agentStates].map(each => [each.name, each]),
);
