// The token of the signed-in user, and who hears of its coming and going.
import { useSyncExternalStore } from 'react';

/*
 * RingCentral's legacy sign-in gives one secret token that lives an hour (two weeks with «stay signed in») and that each use
 * extends, so there is nothing to refresh and nothing for two calls to race about. The platform's flow needs a client secret,
 * which a page cannot keep. The token is sent in a header, never as a cookie: no other site can make the browser send it, so
 * there is no request forgery to defend against. It lies in sessionStorage, which ends with the tab; only who asks to stay
 * signed in has it in localStorage. A script from elsewhere could read both; the content security policy lets none run.
 */
const KEY = 'offhook.token';
const STORES = [sessionStorage, localStorage] as const;
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

export function readToken(): string | undefined {
  return STORES.map(store => store.getItem(KEY)).find(token => token !== null) ?? undefined;
}

export function keepToken(token: string, stayLoggedIn: boolean): void {
  for (const store of STORES) store.removeItem(KEY);
  STORES[stayLoggedIn ? 1 : 0].setItem(KEY, token);
  tell();
}

export function forgetToken(): void {
  for (const store of STORES) store.removeItem(KEY);
  tell();
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
