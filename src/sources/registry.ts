// All feeds by the name used in `--source` and in `/ingest/v1/{source}`.
import { UserError } from '../errors.ts';
import type { AgentSource } from './agent-source.ts';
import { amazonConnect } from './amazon-connect/amazon-connect.ts';
import { asterisk } from './asterisk/asterisk.ts';
import { freeswitch } from './freeswitch/freeswitch.ts';
import { genesys } from './genesys/genesys.ts';
import { offhook } from './offhook/offhook.ts';
import { ringcx } from './ringcx/ringcx.ts';
import type { Source } from './source.ts';

/** A feed that names login sessions, or one whose sessions are derived from facts about agents. */
export type Feed = Source | AgentSource;

export const FEEDS: Readonly<Record<string, Feed>> = {
  offhook,
  ringcx,
  asterisk,
  'amazon-connect': amazonConnect,
  freeswitch,
  genesys,
};

/** @throws UserError UNKNOWN_SOURCE */
export function feedNamed(name: string): Feed {
  const feed = Object.hasOwn(FEEDS, name) ? FEEDS[name] : undefined;
  if (feed !== undefined) return feed;
  const names = Object.keys(FEEDS).join(', ');
  throw new UserError('UNKNOWN_SOURCE', `Unknown feed '${name}'.`, `Use one of: ${names}.`);
}
