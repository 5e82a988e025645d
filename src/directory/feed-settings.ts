// What the decoders need to know of accounts: the zone of times that carry none, and what custom states count as.
import type { BaseState } from '../events/agent-event.ts';
import type { Engine } from '../engine/engine.ts';
import { stateKey } from '../sources/state-labels.ts';
import { LIMITS } from '../limits.ts';
import type { DecodeContext } from '../sources/source.ts';
import { agentRuleOf } from './accounts.ts';

export type FeedSettings = Pick<DecodeContext, 'zoneOf' | 'statesOf' | 'agentRuleOf'>;

/** Settings as they were at most some seconds ago. */
export interface FeedSettingsReader {
  contextOf: (given: Omit<DecodeContext, keyof FeedSettings>) => Promise<DecodeContext>;
  /** After a change: what is decoded next is decoded by the settings as they are then. */
  forget: () => void;
}

/** `changed` is called when they are found to be others than before, by whatever process they were changed. */
export async function openFeedSettings(engine: Engine, changed: () => void): Promise<FeedSettingsReader> {
  let { settings, mark } = await readFeedSettings(engine);
  let readMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(nowMs: number): Promise<void> {
    const own = readFeedSettings(engine).then(found => {
      // What was read while they changed may be what they were before.
      if (reading !== own) return;
      if (found.mark !== mark) changed();
      ({ settings, mark } = found);
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
      // Once for all that ask at the same time: a thousand senders may.
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

/** `mark` differs with the settings. */
async function readFeedSettings(engine: Engine): Promise<{ settings: FeedSettings; mark: string }> {
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
    mark: JSON.stringify([accountRows, stateRows]),
    settings: {
      zoneOf: accountId => zones.get(accountId) || undefined,
      agentRuleOf: accountId => rules.get(accountId),
      statesOf: accountId => states.get(accountId) ?? NO_STATES,
    },
  };
}
