// A simulated centre as RingCX NDJSON, in pieces for a file or a socket.
import type { AgentEvent } from '../events/agent-event.ts';
import { eventBatches } from './centre/centre.ts';
import { centreOf, type Centre, type CentreOptions } from './options.ts';
import { moveOn, ringcxLine, stateAtLogin, type FeedState } from './ringcx-line.ts';

/** Characters of a piece. */
const PIECE_CHARACTERS = 64 * 1024;

/** The centre's events as RingCX would send them: whole lines, about 64 KiB at a time. */
export function simulateRingcxNdjson(options: CentreOptions): Generator<string> {
  // Not a generator itself, so that wrong options throw here and not at the first piece.
  return inPieces(centreOf(options));
}

function* inPieces(centre: Centre): Generator<string> {
  const lineOf = ringcxWriter(centre);
  let piece = '';
  for (const batch of eventBatches(centre)) {
    for (const event of batch) {
      const line = lineOf(event);
      if (line === null) continue;
      piece += `${line}\n`;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/** Writes events, given in order, as lines; an agent has one session at a time. */
function ringcxWriter({ clock }: Centre): (event: AgentEvent) => string | null {
  const states = new Map<string, FeedState>();
  return event => {
    if (event.kind === 'LOGIN') states.set(event.agentId, stateAtLogin(event));
    const state = states.get(event.agentId)!;
    const line = ringcxLine(event, state, clock);
    moveOn(state, event);
    return line;
  };
}
