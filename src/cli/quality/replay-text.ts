// What a replay changed, as text for a terminal.
import type { Change, ChangeExample } from '../../quality/replay/changes.ts';
import type { Replayed } from '../../quality/replay/replay.ts';
import { grouped, spelledTime } from '../../plain-text.ts';
import { aligned } from '../table.ts';
import { wallClock } from '../../time/wall-clock.ts';

/** Examples of each kind of change. */
const EXAMPLES = 3;

export function replayText(replayed: Replayed, isPreview: boolean, timezone: string): string {
  const { inputs, changes, sessions, rejectsUsed, refused, withoutInput, unknownSources } = replayed;
  const would = isPreview ? 'would change' : 'changed';
  const lines = [
    `${counted(inputs, 'kept input')} decoded again.`,
    changes.length === 0 && rejectsUsed === 0
      ? 'Nothing changes.'
      : `${counted(sessions, 'session')} ${would}; ${counted(rejectsUsed, 'reject')} ${isPreview ? 'would become events' : 'became events'}.`,
    ...aligned([...(changes.length > 0 ? [['events', 'sessions', 'time', 'what']] : []), ...changes.map(tableRow)]),
    ...changes.flatMap(change => exampleLines(change, wallClock(timezone))),
    ...(refused > 0
      ? [`${counted(refused, 'input')} can no longer be decoded; what is stored of them stays as it is.`]
      : []),
    ...(withoutInput > 0 ? [`${counted(withoutInput, 'event')} stored without an input: they stay as they are.`] : []),
    ...(unknownSources.length > 0 ? [`No such feed, left as it is: ${unknownSources.join(', ')}.`] : []),
    ...(isPreview ? ['This was a preview: nothing was written.'] : []),
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

const counted = (count: number, noun: string) => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** After a change of what inputs are decoded by. */
export const replayHint = (accountId: string) =>
  `To apply it to those that are stored: ./offhook replay --account ${accountId}\n`;
