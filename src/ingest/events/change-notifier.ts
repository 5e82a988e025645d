// Notifies listeners of the accounts whose stored events have changed.
import type { EventWriter } from './event-writer.ts';

type Listener = (accountIds: ReadonlySet<string>) => void;

export interface ChangeNotifier {
  /** The same writer, which notifies of what it has stored. */
  notifying: (writer: EventWriter) => EventWriter;
  /** Returns the notification of these items, to be called when they are durable. It does not keep the items until then. */
  of: (stored: readonly { accountId: string }[]) => () => void;
  /** Returns a function that removes the listener. */
  listen: (listener: Listener) => () => void;
}

export function openChangeNotifier(): ChangeNotifier {
  const listeners = new Set<Listener>();

  function of(stored: readonly { accountId: string }[]): () => void {
    // Without listeners, an import of millions of events pays nothing.
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
        const notify = of(decoded);
        return writer.write(decoded, how).then(written => {
          notify();
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
