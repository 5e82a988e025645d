// Who is logged in now, asked for twice, into what changed in between; and each for one who sees only some groups.
import type { LiveAgent } from '../report/live.ts';
import { isoInstant } from './administration.ts';
import { realTimeAgent } from './live-agents.ts';
import { wireId } from './lookups.ts';

/** One agent of a picture, written once for all who see it. */
interface Shown {
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

export function livePicture(agents: readonly LiveAgent[], accountName: string, asOfMs: number): LivePicture {
  const shown = agents.map(agent => {
    const { stateMs, loginMs, pendingDispositionMs, talkMs, ...facts } = agent;
    return [
      agent.loginSessionId,
      {
        groupId: agent.agentGroupId,
        facts: JSON.stringify([accountName, facts]),
        json: JSON.stringify(realTimeAgent(agent, accountName, asOfMs)),
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

/** The data of a `snapshot` event. */
export function snapshotData(picture: LivePicture, nowMs: number, visible: Visible): string {
  const seen = [...picture.values()].filter(agent => sees(visible, agent)).map(({ json }) => json);
  return `{"serverTime":"${isoInstant(nowMs)}","agents":[${seen.join(',')}]}`;
}

/** The data of a `change` event; undefined where nothing changed that is seen. */
export function changeData(changes: readonly LiveChange[], nowMs: number, visible: Visible): string | undefined {
  const upserted = changes.flatMap(({ after }) => (after && sees(visible, after) ? [after.json] : []));
  // An agent who left the groups that are seen is gone as one who logged out.
  const removed = changes
    .filter(({ before, after }) => before && sees(visible, before) && !(after !== undefined && sees(visible, after)))
    .map(({ sessionId }) => JSON.stringify(wireId(sessionId)));
  if (upserted.length === 0 && removed.length === 0) return undefined;
  return `{"serverTime":"${isoInstant(nowMs)}","upserted":[${upserted.join(',')}],"removed":[${removed.join(',')}]}`;
}

function sees(visible: Visible, { groupId }: Shown): boolean {
  return visible === undefined || (groupId !== '' && visible.includes(groupId));
}
