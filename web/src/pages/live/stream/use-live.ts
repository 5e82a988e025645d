// The live stream and the server's clock as React state.
import { useEffect, useState } from 'react';
import { followLive, type LivePicture, NOTHING_YET, serverNow } from './live-stream.ts';

export function useLive(accountId: string): LivePicture {
  const [picture, setPicture] = useState(NOTHING_YET);
  useEffect(() => {
    const ended = new AbortController();
    setPicture(NOTHING_YET);
    followLive(accountId, setPicture, ended.signal);
    return () => ended.abort();
  }, [accountId]);
  return picture;
}

/** The server's clock in milliseconds, updated each second while it is known. */
export function useServerNow(picture: LivePicture): number {
  const [, tick] = useState(0);
  const isRunning = picture.agents !== undefined;
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => tick(count => count + 1), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return serverNow(picture);
}
