// Who is logged in now, asked for twice, into what changed in between; and each for one who sees only some groups.
import type { LiveAgent } from './live-agents.ts';

/** One agent of a picture, written once for all who see it. */
export interface Shown {
  groupId: string;
  /** All that is known but for what the mere passing of time changes. */
  facts: string;
  json: string;
}

/** All of an account's open sessions, by session id, in the order of names. */
export type LivePicture = ReadonlyMap<string, Shown>;

/** One session in two pictures; undefined: not there. */
export interface LiveChange {
  sessionId: string;
  before: Shown | undefined;
  after: Shown | undefined;
}

/** The groups whose agents are seen; undefined: all. */
export type Visible = readonly string[] | undefined;

/** @param toJson the agent as it is sent to those who watch */
export function livePicture(
  agents: readonly LiveAgent[],
  accountName: string,
  toJson: (agent: LiveAgent) => string,
): LivePicture {
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

export function changesBetween(before: LivePicture, after: LivePicture): LiveChange[] {
  const sessionIds = new Set([...before.keys(), ...after.keys()]);
  return [...sessionIds]
    .map(sessionId => ({
      sessionId,
      before: before.get(sessionId),
      after: after.get(sessionId),
    }))
    .filter(change => change.before?.facts !== change.after?.facts);
}

/** Whether an agent is in one of the visible groups. */
export function sees(visible: Visible, { groupId }: Shown): boolean {
  return visible === undefined || (groupId !== '' && visible.includes(groupId));
}
