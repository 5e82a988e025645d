// Durable writes into calls of those who wait for them: which accounts have news.
import type { EventWriter } from './event-writer.ts';

type Listener = (accountIds: ReadonlySet<string>) => void;

export interface ChangeNotifier {
  /** The writer, telling of what it has stored. */
  notifying: (writer: EventWriter) => EventWriter;
  /** Returns what tells of these when they are durable: it does not hold them until then. */
  of: (stored: readonly { accountId: string }[]) => () => void;
  /** Returns what ends the listening. */
  listen: (listener: Listener) => () => void;
}

export function openChangeNotifier(): ChangeNotifier {
  const listeners = new Set<Listener>();

  function of(stored: readonly { accountId: string }[]): () => void {
    // Imports of millions of events tell nobody, at no cost.
    if (listeners.size === 0) return () => {};
    const accountIds = new Set(stored.map(({ accountId }) => accountId));
    return () => {
      for (const listener of listeners) listener(accountIds);
    };
  }

  return {
    of,
    notifying: writer => ({
      ...writer,
      write(decoded, how) {
        const tell = of(decoded);
        return writer.write(decoded, how).then(written => {
          tell();
          return written;
        });
      },
    }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
