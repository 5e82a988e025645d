// The feed `asterisk`: Asterisk's queue_log, one line per queue event.
import type { AgentSource } from '../agent-source.ts';
import { factReader } from '../fact-reader.ts';
import { quote, Refusal } from '../fields.ts';
import { baseStateFromKeywords } from '../state-keywords.ts';
import { agentNaming } from './agent-rule.ts';
import { queueLogSplitter } from './forms.ts';
import { logLine } from './log-line.ts';
import { loginMs, type QueueLine, readLine, talkMs } from './queue-line.ts';
import { arrange } from './sessions/arrange.ts';
import { sessionizer } from './sessions/sessionizer.ts';
import { orderOf } from './verbs.ts';

const SOURCE = 'asterisk';

export const asterisk: AgentSource<QueueLine> = {
  name: SOURCE,
  splitter: queueLogSplitter,
  hasLocalTimes: true,
  reader(context) {
    const { accountId, receivedAt } = context;
    const agentIdOf = agentNaming(context.agentRuleOf(accountId));
    const isAllowed = accountId !== '' && context.isAllowed(accountId);
    const zone = () => context.zoneOf(accountId);
    return factReader<QueueLine>(SOURCE, context, document => {
      if (!isAllowed) throw notAllowed(accountId);
      const raw = logLine(document.raw, zone);
      if (raw === undefined) return [];
      const { at, line, key } = readLine(raw);
      if (line === undefined) return [];
      const order = orderOf(line.verb, talkMs(line) ?? loginMs(line));
      const agentId = agentIdOf(line.name);
      return [{ accountId, agentId, at, order, key, body: line, raw, source: SOURCE, receivedAt }];
    });
  },
  sessionizer,
  arrange,
  guessBaseState: baseStateFromKeywords,
};

function notAllowed(accountId: string): Refusal {
  if (accountId !== '') {
    return new Refusal('WRONG_ACCOUNT', `The sender may not write to account ${quote(accountId)}.`);
  }
  return new Refusal(
    'MISSING_FIELD',
    'The log names no account. Give it with --account ID, or as accountId in the URL.',
  );
}
