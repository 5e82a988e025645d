// Whether the server can be reached: lost with the first call that fails, restored when a poll succeeds.
import { useSyncExternalStore } from 'react';

const POLL_MS = 2_000;

let isLost = false;
const listeners = new Set<() => void>();

/** Called when a call could not reach the server. */
export function connectionFailed(): void {
  if (isLost) return;
  set(true);
  poll();
}

function poll(): void {
  setTimeout(async () => {
    const isBack = await fetch('/health', { credentials: 'omit', cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isBack) set(false);
    else poll();
  }, POLL_MS);
}

function set(lost: boolean): void {
  isLost = lost;
  for (const listener of listeners) listener();
}

/** Calls the listener at each change. Returns the function that unsubscribes. */
export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const isConnectionLost = (): boolean => isLost;

export const useConnectionLost = (): boolean => useSyncExternalStore(subscribe, isConnectionLost);

addEventListener('offline', connectionFailed);
