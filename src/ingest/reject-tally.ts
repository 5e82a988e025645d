// Counts the rejects of one file or request by reason, and keeps the first ones to show.
import { LIMITS } from '../limits.ts';
import { isReject, type Reject, type RejectReason } from '../sources/source.ts';
import type { EventWriter } from './events/event-writer.ts';

/** Why and where an input was rejected, without the input. */
export type RejectExample = Pick<Reject, 'reason' | 'detail' | 'position'>;

export interface RejectTally {
  /** Counts the rejects among decoded inputs. */
  note: (decoded: readonly object[]) => void;
  /** Reasons with their counts, the most frequent first. */
  reasons: () => Partial<Record<RejectReason, number>>;
  /** In order of arrival. */
  first: () => readonly RejectExample[];
}

export function rejectTally(): RejectTally {
  const counts = new Map<RejectReason, number>();
  const first: RejectExample[] = [];
  return {
    note(decoded) {
      for (const item of decoded) {
        if (!isReject(item)) continue;
        const { reason, detail, position } = item;
        counts.set(reason, (counts.get(reason) ?? 0) + 1);
        if (first.length < LIMITS.listedRejects) first.push({ reason, detail, position });
      }
    },
    reasons: () => Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
    first: () => first,
  };
}

/** The same writer, whose rejects are also counted by the tally. */
export function tallied(writer: EventWriter, { note }: RejectTally): EventWriter {
  return {
    ...writer,
    write(decoded, how) {
      note(decoded);
      return writer.write(decoded, how);
    },
  };
}
