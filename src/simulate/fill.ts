// Stores a simulated centre's directory and events, in constant memory.
import type { Engine } from '../engine/engine.ts';
import type { AgentEvent } from '../events/agent-event.ts';
import { LIMITS } from '../limits.ts';
import { importAgents } from '../directory/agents/agents.ts';
import type { EventWriter } from '../ingest/events/event-writer.ts';
import { simulateAgents } from './centre/agents.ts';
import type { CentreOptions } from './options.ts';

/** Where to store a simulation. */
export interface Filled {
  engine: Engine;
  writer: EventWriter;
}

/** Stores the directory of the centre's agents, valid for all time. */
export async function fillDirectory({ engine }: Filled, centre: CentreOptions, nowMs: number): Promise<void> {
  const entries = simulateAgents(centre).map(row => ({ ...row, validFromMs: undefined }));
  await importAgents(engine, centre.accountId, entries, nowMs);
}

/**
 * Stores events as received at `receivedAtMs`.
 * @param onStored called with the number of events that are durable so far
 * @returns the number of events
 */
export async function fillEvents(
  { writer }: Filled,
  events: Iterable<AgentEvent>,
  receivedAtMs: number,
  onStored: (stored: number) => void,
): Promise<number> {
  let stored = 0;
  let batch: AgentEvent[] = [];
  const flush = async () => {
    stored += (await writer.write(batch)).stored;
    batch = [];
    onStored(stored);
  };
  for (const event of events) {
    batch.push({ ...event, receivedAt: receivedAtMs });
    if (batch.length >= LIMITS.insertRows) await flush();
  }
  if (batch.length > 0) await flush();
  return stored;
}
