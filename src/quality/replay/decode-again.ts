// Decodes a stored input again with the current settings.
import type { AgentEvent } from '../../events/agent-event.ts';
import { LIMITS } from '../../limits.ts';
import { isReject, type RawDocument, type Reject, type Source } from '../../sources/source.ts';
import { contextOf, type Replay } from './question.ts';

export type DecodeAgain = (document: RawDocument & { receivedAt: number }) => AgentEvent | Reject;

/**
 * A decoder for the inputs of one session, in order. Whether an input arrived live was not stored: it counts as live if it arrived
 * within minutes of its instant.
 */
export function decoderAgain(feed: Source, replay: Pick<Replay, 'accountId' | 'settings'>): DecodeAgain {
  const imported = feed.decoder(contextOf(replay, 0, false));
  return ({ raw, position, receivedAt }) => {
    const live = feed.decoder(contextOf(replay, receivedAt, true))({ raw, position });
    if (!isReject(live) && Math.abs(live.at - receivedAt) <= LIMITS.liveDelayMs) return live;
    return { ...imported({ raw, position }), receivedAt };
  };
}
