// The word after `--source` or in `/ingest/v1/{source}` to the feed.
import { UserError } from '../errors.ts';
import { offhook } from './offhook/offhook.ts';
import { ringcx } from './ringcx/ringcx.ts';
import type { Source } from './source.ts';

export const SOURCES: Readonly<Record<string, Source>> = { offhook, ringcx };

/** @throws UserError UNKNOWN_SOURCE */
export function sourceNamed(name: string): Source {
  const source = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined;
  if (source !== undefined) return source;
  const names = Object.keys(SOURCES).join(', ');
  throw new UserError('UNKNOWN_SOURCE', `There is no feed '${name}'.`, `Name one of: ${names}.`);
}
