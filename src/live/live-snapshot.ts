// Snapshots of who is logged in, the changes between two of them, and which groups a watcher sees.
import type { LiveAgent } from './live-agents.ts';

/** One agent of a snapshot, serialized once for all watchers. */
export interface Shown {
  groupId: string;
  /** All values except those that change as time passes. */
  facts: string;
  json: string;
}

/** All open sessions of an account by session id, ordered by name. */
export type LiveSnapshot = ReadonlyMap<string, Shown>;

/** One session in two snapshots; undefined: not in it. */
export interface LiveChange {
  sessionId: string;
  before: Shown | undefined;
  after: Shown | undefined;
}

/** The groups whose agents are visible; undefined: all. */
export type Visible = readonly string[] | undefined;

/** @param toJson the JSON of an agent as watchers receive it */
export function liveSnapshot(
  agents: readonly LiveAgent[],
  accountName: string,
  toJson: (agent: LiveAgent) => string,
): LiveSnapshot {
  const shown = agents.map(agent => {
    const { stateMs, loginMs, pendingDispositionMs, talkMs, ...facts } = agent;
    return [
      agent.loginSessionId,
      {
        groupId: agent.agentGroupId,
        facts: JSON.stringify([accountName, facts]),
        json: toJson(agent),
      },
    ] as const;
  });
  return new Map(shown);
}

export function changesBetween(before: LiveSnapshot, after: LiveSnapshot): LiveChange[] {
  const sessionIds = new Set([...before.keys(), ...after.keys()]);
  return [...sessionIds]
    .map(sessionId => ({
      sessionId,
      before: before.get(sessionId),
      after: after.get(sessionId),
    }))
    .filter(change => change.before?.facts !== change.after?.facts);
}

/** Whether the agent is in one of the visible groups. */
export function sees(visible: Visible, { groupId }: Shown): boolean {
  return visible === undefined || (groupId !== '' && visible.includes(groupId));
}
