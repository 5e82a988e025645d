// The data of each event of the live stream.
import { type LiveChange, type LiveSnapshot, sees, type Visible } from '../../live/live-snapshot.ts';
import { isoInstant } from '../../time/instant.ts';
import { wireId } from '../schema/ids.ts';

/** The data of a `snapshot` event. */
export function snapshotData(snapshot: LiveSnapshot, nowMs: number, visible: Visible): string {
  const seen = [...snapshot.values()].filter(agent => sees(visible, agent)).map(({ json }) => json);
  return `{"serverTime":"${isoInstant(nowMs)}","agents":[${seen.join(',')}]}`;
}

/** The data of a `change` event; undefined if nothing visible changed. */
export function changeData(changes: readonly LiveChange[], nowMs: number, visible: Visible): string | undefined {
  const upserted = changes.flatMap(({ after }) => (after && sees(visible, after) ? [after.json] : []));
  // An agent who left the visible groups is removed like one who logged out.
  const removed = changes
    .filter(({ before, after }) => before && sees(visible, before) && !(after !== undefined && sees(visible, after)))
    .map(({ sessionId }) => JSON.stringify(wireId(sessionId)));
  if (upserted.length === 0 && removed.length === 0) return undefined;
  return `{"serverTime":"${isoInstant(nowMs)}","upserted":[${upserted.join(',')}],"removed":[${removed.join(',')}]}`;
}
