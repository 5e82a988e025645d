// The token of the signed-in user, kept by the browser; listeners learn when it changes.
import { useSyncExternalStore } from 'react';

/*
 * RingCentral's legacy sign-in gives one secret token that lives for an hour (two weeks with «stay signed in») and that each
 * use extends, so there is nothing to refresh. The platform's flow needs a client secret, which a page cannot keep. The token
 * is sent in a header, never as a cookie: no other site can make the browser send it, so requests cannot be forged. It is kept
 * in sessionStorage, which ends with the tab, or in localStorage for users who ask to stay signed in. A foreign script could
 * read both; the content security policy lets none run.
 */
const KEY = 'offhook.token';
const STORES = [sessionStorage, localStorage] as const;
const listeners = new Set<() => void>();
const notify = () => {
  for (const listener of listeners) listener();
};

export function readToken(): string | undefined {
  return STORES.map(store => store.getItem(KEY)).find(token => token !== null) ?? undefined;
}

export function keepToken(token: string, stayLoggedIn: boolean): void {
  for (const store of STORES) store.removeItem(KEY);
  STORES[stayLoggedIn ? 1 : 0].setItem(KEY, token);
  notify();
}

export function forgetToken(): void {
  for (const store of STORES) store.removeItem(KEY);
  notify();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab signed in or out.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

export const useToken = (): string | undefined => useSyncExternalStore(subscribe, readToken);
