// Changes that read before they write, one after the other, in whatever process: none overwrites what another has just written.
import type { Engine } from './engine.ts';
import { type InTurn, turns } from './keyed-mutex.ts';

const turnsOf = new WeakMap<Engine, InTurn>();

/** Runs `change` when all changes asked for before have ended, well or badly. */
export function inTurn<T>(engine: Engine, change: () => Promise<T>): Promise<T> {
  const inOrder = turnsOf.get(engine) ?? turns();
  turnsOf.set(engine, inOrder);
  return inOrder('', () => engine.alone('changes', change));
}

/** The version of a row that takes the place of one of version `before`, also within the same millisecond. */
export function nextVersion(nowMs: number, before = 0): number {
  return Math.max(nowMs, before + 1);
}
