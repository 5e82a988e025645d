// Account settings that decoders need: the zone of times without one, the agent rule, and base states of the account's own states.
import type { BaseState } from '../events/agent-event.ts';
import type { Engine } from '../engine/engine.ts';
import { stateKey } from '../sources/state-labels.ts';
import { LIMITS } from '../limits.ts';
import type { DecodeContext } from '../sources/source.ts';
import { agentRuleOf } from './accounts.ts';

export type FeedSettings = Pick<DecodeContext, 'zoneOf' | 'statesOf' | 'agentRuleOf'>;

/** A cache of the settings that is at most a few seconds old. */
export interface FeedSettingsReader {
  contextOf: (given: Omit<DecodeContext, keyof FeedSettings>) => Promise<DecodeContext>;
  /** Empties the cache after a change. */
  forget: () => void;
}

/** @param changed called when the settings that were read differ from the cached ones, whichever process changed them */
export async function openFeedSettings(engine: Engine, changed: () => void): Promise<FeedSettingsReader> {
  let { settings, fingerprint } = await readFeedSettings(engine);
  let readMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(nowMs: number): Promise<void> {
    const own = readFeedSettings(engine).then(found => {
      // The settings were changed during the read, which may have returned the old ones.
      if (reading !== own) return;
      if (found.fingerprint !== fingerprint) changed();
      ({ settings, fingerprint } = found);
      readMs = nowMs;
    });
    reading = own;
    try {
      await own;
    } finally {
      if (reading === own) reading = undefined;
    }
  }

  return {
    async contextOf(given) {
      // One read for all concurrent requests: there may be a thousand senders.
      if (given.receivedAt - readMs > LIMITS.rememberSettingsMs) await (reading ?? read(given.receivedAt));
      return { ...given, ...settings };
    },
    forget() {
      reading = undefined;
      readMs = Number.NEGATIVE_INFINITY;
    },
  };
}

const NO_STATES: ReadonlyMap<string, BaseState> = new Map();

/** `fingerprint` differs if the settings do. */
async function readFeedSettings(engine: Engine): Promise<{ settings: FeedSettings; fingerprint: string }> {
  const [accountRows, stateRows] = await Promise.all([
    engine.query<{ accountId: string; zone: string; rule: string }>(
      'SELECT account_id AS accountId, feed_timezone AS zone, agent_rule AS rule FROM accounts FINAL ORDER BY accountId',
    ),
    engine.query<{ accountId: string; label: string; baseState: BaseState }>(
      `SELECT account_id AS accountId, label, base_state AS baseState FROM aux_states FINAL WHERE is_deleted = 0
       ORDER BY account_id, state_id`,
    ),
  ]);
  const zones = new Map(accountRows.map(({ accountId, zone }) => [accountId, zone]));
  const withRule = accountRows.filter(({ rule }) => rule !== '');
  const rules = new Map(withRule.map(({ accountId, rule }) => [accountId, agentRuleOf(rule)]));
  const states = new Map<string, Map<string, BaseState>>();
  for (const { accountId, label, baseState } of stateRows) {
    const known = states.get(accountId) ?? new Map<string, BaseState>();
    states.set(accountId, known.set(stateKey(label), baseState));
  }
  return {
    fingerprint: JSON.stringify([accountRows, stateRows]),
    settings: {
      zoneOf: accountId => zones.get(accountId) || undefined,
      agentRuleOf: accountId => rules.get(accountId),
      statesOf: accountId => states.get(accountId) ?? NO_STATES,
    },
  };
}
