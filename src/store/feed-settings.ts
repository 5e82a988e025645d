// What the decoders need to know of accounts: the zone of times that carry none, and what custom states count as.
import type { BaseState } from '../events/agent-event.ts';
import type { Engine } from '../engine/engine.ts';
import { stateKey } from '../sources/ringcx/states.ts';
import type { DecodeContext } from '../sources/source.ts';
import { DEFAULT_FEED_TIMEZONE } from './accounts.ts';

export type FeedSettings = Pick<DecodeContext, 'zoneOf' | 'statesOf'>;

const NO_STATES: ReadonlyMap<string, BaseState> = new Map();

export async function readFeedSettings(engine: Engine): Promise<FeedSettings> {
  const [zoneRows, stateRows] = await Promise.all([
    engine.query<{ accountId: string; zone: string }>(
      `SELECT account_id AS accountId, feed_timezone AS zone FROM accounts FINAL WHERE feed_timezone != ''`,
    ),
    engine.query<{ accountId: string; label: string; baseState: BaseState }>(
      `SELECT account_id AS accountId, label, base_state AS baseState FROM aux_states FINAL WHERE is_deleted = 0`,
    ),
  ]);
  const zones = new Map(zoneRows.map(({ accountId, zone }) => [accountId, zone]));
  const states = new Map<string, Map<string, BaseState>>();
  for (const { accountId, label, baseState } of stateRows) {
    const known = states.get(accountId) ?? new Map<string, BaseState>();
    states.set(accountId, known.set(stateKey(label), baseState));
  }
  return {
    zoneOf: accountId => zones.get(accountId) ?? DEFAULT_FEED_TIMEZONE,
    statesOf: accountId => states.get(accountId) ?? NO_STATES,
  };
}
