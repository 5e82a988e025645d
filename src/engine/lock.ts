// A lock for changes that read before they write, across processes: none overwrites what another has just written.
import type { Engine } from './engine.ts';
import { type KeyedMutex, keyedMutex } from './keyed-mutex.ts';

const mutexOf = new WeakMap<Engine, KeyedMutex>();

/** Runs `change` after all earlier ones have ended, whether they failed or not. */
export function withChangeLock<T>(engine: Engine, change: () => Promise<T>): Promise<T> {
  const inOrder = mutexOf.get(engine) ?? keyedMutex();
  mutexOf.set(engine, inOrder);
  return inOrder('', () => engine.withLock('changes', change));
}

/** The version of a row that replaces one of version `before`, also within the same millisecond. */
export function nextVersion(nowMs: number, before = 0): number {
  return Math.max(nowMs, before + 1);
}
