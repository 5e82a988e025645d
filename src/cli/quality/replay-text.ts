// The changes of a replay as text for a terminal.
import type { Change, ChangeExample } from '../../quality/replay/changes.ts';
import type { Replayed } from '../../quality/replay/replay.ts';
import { counted, grouped, spelledTime } from '../../plain-text.ts';
import { aligned } from '../table.ts';
import { wallClock } from '../../time/wall-clock.ts';

/** Examples per kind of change. */
const EXAMPLES = 3;

export function replayText(replayed: Replayed, isPreview: boolean, timezone: string): string {
  const { inputs, changes, sessions, rejectsUsed, refused, withoutInput, unknownSources } = replayed;
  const verb = isPreview ? 'would change' : 'changed';
  const lines = [
    `${counted(inputs, 'kept input')} decoded again.`,
    changes.length === 0 && rejectsUsed === 0
      ? `Nothing ${verb}.`
      : `${counted(sessions, 'session')} ${verb}; ${counted(rejectsUsed, 'reject')} ${isPreview ? 'would become events' : 'became events'}.`,
    ...aligned([...(changes.length > 0 ? [['events', 'sessions', 'time', 'what']] : []), ...changes.map(tableRow)]),
    ...changes.flatMap(change => exampleLines(change, wallClock(timezone))),
    ...(refused > 0
      ? [`${counted(refused, 'input')} can no longer be decoded; the events stored from them do not change.`]
      : []),
    ...(withoutInput > 0 ? [`${counted(withoutInput, 'event')} stored without an input did not change.`] : []),
    ...(unknownSources.length > 0 ? [`Skipped, because the feed is not supported: ${unknownSources.join(', ')}.`] : []),
    ...(isPreview ? ['This was a preview; nothing was changed.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function tableRow({ events, sessions, durationMs, what }: Change): string[] {
  return [grouped(events), grouped(sessions), durationMs > 0 ? spelledTime(durationMs) : '-', what];
}

function exampleLines({ what, examples }: Change, clock: (ms: number) => string): string[] {
  return examples.slice(0, EXAMPLES).map(example => `  ${subject(example)}: ${amount(example)} ${what}`);

  function subject({ loginSessionId, agentId, atMs }: ChangeExample): string {
    const session = loginSessionId === '' ? 'outside of sessions' : `session ${loginSessionId}`;
    return `${session}, ${agentId === '' ? '' : `agent ${agentId}, `}${clock(atMs)}`;
  }
}

function amount({ durationMs, events }: ChangeExample): string {
  return durationMs > 0 ? spelledTime(durationMs) : counted(events, 'event');
}

/** Printed after a change of settings that change how inputs are decoded. */
export const replayHint = (accountId: string) =>
  `To apply this to stored events: ./offhook replay --account ${accountId}\n`;
