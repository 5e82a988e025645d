// The word after `--source` or in `/ingest/v1/{source}` to the feed.
import { offhook } from './offhook/offhook.ts';
import { ringcx } from './ringcx/ringcx.ts';
import type { Source } from './source.ts';

export const SOURCES: Readonly<Record<string, Source>> = { offhook, ringcx };

export function findSource(name: string): Source | undefined {
  return Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
}
