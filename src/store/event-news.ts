// Durable writes into calls of those who wait for them: which accounts have news.
import type { EventWriter } from './event-writer.ts';

type Listener = (accountIds: ReadonlySet<string>) => void;

export interface EventNews {
  /** The writer, telling of what it has stored. */
  toldBy: (writer: EventWriter) => EventWriter;
  tell: (stored: readonly { accountId: string }[]) => void;
  /** Returns what ends the listening. */
  listen: (listener: Listener) => () => void;
}

export function openEventNews(): EventNews {
  const listeners = new Set<Listener>();

  function tell(stored: readonly { accountId: string }[]): void {
    // Imports of millions of events tell nobody, at no cost.
    if (listeners.size === 0) return;
    const accountIds = new Set(stored.map(({ accountId }) => accountId));
    for (const listener of listeners) listener(accountIds);
  }

  return {
    tell,
    toldBy: writer => ({
      ...writer,
      async write(decoded) {
        const written = await writer.write(decoded);
        tell(decoded);
        return written;
      },
    }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
