// Changes an account's aliases, and re-assigns the stored facts as if the names had always been so.
import type { Engine } from '../../engine/engine.ts';
import type { AgentSource } from '../../sources/agent-source.ts';
import { FEEDS } from '../../sources/registry.ts';
import { readAccount } from '../../directory/accounts.ts';
import {
  addAliases,
  type AliasesChanged,
  pendingAliases,
  removeAliases,
  settleAliases,
} from '../../directory/aliases/agent-aliases.ts';
import { type HistoryJoined, joinSome, type Person, personsOf } from './alias-history.ts';
import { type AgentAlias, idByRule } from '../../directory/aliases/alias-names.ts';
import type { FeedSettingsReader } from '../../directory/feed-settings.ts';
import type { Sessionization } from './sessionization.ts';
import { keyedMutex } from '../../engine/keyed-mutex.ts';

export type AliasesApplied = AliasesChanged & HistoryJoined;

export interface AliasChanges {
  /** Resolved when the stored facts of these agents are joined, too. @throws UserError INVALID_ALIAS, and changes nothing then */
  add: (accountId: string, aliases: readonly AgentAlias[], nowMs: number) => Promise<AliasesApplied>;
  /** Resolved when the stored facts are separated again. @throws UserError NOT_FOUND, and changes nothing then */
  remove: (accountId: string, aliases: readonly string[], nowMs: number) => Promise<AliasesApplied>;
  /** Completes changes that a process left unfinished. */
  finish: () => Promise<void>;
}

/** Feeds without sessions of their own; the others name a session's agent by an id. */
const AGENT_FEEDS = Object.values(FEEDS).filter((feed): feed is AgentSource => !('decoder' in feed));

/** `changed` is called when the stored events of an account have changed. */
export function openAliasChanges(
  engine: Engine,
  sessionization: Sessionization,
  settings: FeedSettingsReader,
  changed: (accountId: string) => void,
): AliasChanges {
  const mutex = keyedMutex();

  /** One change at a time, across processes, so that each starts from the result of the one before. */
  function change<T>(run: () => Promise<T>): Promise<T> {
    return mutex('', () =>
      engine.withLock('aliases', async () => {
        for (const [accountId, left] of await pendingAliases(engine)) await join(accountId, left, 0);
        return run();
      }),
    );
  }

  async function join(accountId: string, aliases: readonly AgentAlias[], nowMs: number): Promise<HistoryJoined> {
    const total: HistoryJoined = { moved: 0, left: [] };
    const persons = personsOf(aliases, idByRule((await readAccount(engine, accountId)).agentRule));
    const given = { accountId, isAllowed: () => true, receivedAt: nowMs, live: false };
    settings.forget();
    const context = await settings.contextOf(given);
    for (const feed of AGENT_FEEDS) {
      for (let others: readonly Person[] = persons; others.length > 0; ) {
        const some = await sessionization.exclusive(feed, named => joinSome(engine, named, others, context));
        total.moved += some.moved;
        total.left = [...total.left, ...some.left];
        others = some.others;
      }
    }
    await settleAliases(engine, accountId, aliases, nowMs);
    if (total.moved > 0) changed(accountId);
    return total;
  }

  const apply = (accountId: string, nowMs: number, write: () => Promise<AliasesChanged>) =>
    change(async () => {
      const written = await write();
      return { ...written, ...(await join(accountId, written.changed, nowMs)) };
    });

  return {
    add: (accountId, aliases, nowMs) => apply(accountId, nowMs, () => addAliases(engine, accountId, aliases, nowMs)),
    remove: (accountId, aliases, nowMs) =>
      apply(accountId, nowMs, () => removeAliases(engine, accountId, aliases, nowMs)),
    async finish() {
      if ((await pendingAliases(engine)).size > 0) await change(async () => {});
    },
  };
}
