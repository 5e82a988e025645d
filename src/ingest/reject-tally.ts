// The rejects of one file or request, counted by reason, with the first of them for a person.
import { LIMITS } from '../limits.ts';
import { isReject, type Reject, type RejectReason } from '../sources/source.ts';
import type { EventWriter } from './events/event-writer.ts';

/** A rejected input, told and not shown. */
export type RejectExample = Pick<Reject, 'reason' | 'detail' | 'position'>;

export interface RejectTally {
  /** Counts what is rejected among decoded inputs. */
  note: (decoded: readonly object[]) => void;
  /** Reasons with how often they came, the most frequent first. */
  reasons: () => Partial<Record<RejectReason, number>>;
  /** In the order in which they came. */
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
        if (first.length < LIMITS.rejectsTold) first.push({ reason, detail, position });
      }
    },
    reasons: () => Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
    first: () => first,
  };
}

/** The same writer, by which the tally learns of what is rejected. */
export function tallied(writer: EventWriter, { note }: RejectTally): EventWriter {
  return {
    ...writer,
    write(decoded, how) {
      note(decoded);
      return writer.write(decoded, how);
    },
  };
}
