// The parts that a value is made of: intervals, events and entries, each with what it adds.
import type { BaseState } from '../../events/agent-event.ts';
import { type Interval, lengthOf } from './intervals.ts';
import type { SessionEvent } from './session-facts.ts';

export interface Part {
  /** INTERVAL: a stretch of time; EVENT: an event that is counted or read; ENTRY: of the agent directory; EXPORT: of an import. */
  kind: 'INTERVAL' | 'EVENT' | 'ENTRY' | 'EXPORT';
  /** What it adds, in milliseconds or as a count; null if the value is a text or an instant. */
  amount: number | null;
  /** The value, if it is a text or an instant. */
  text: string;
  /** UTC milliseconds; equal for an event, null for an export. */
  fromMs: number | null;
  toMs: number | null;
  label: string;
  baseState: BaseState | '';
  callId: string;
  /** Ids of the events at both ends; for an event, its own id. Empty: none. */
  openedBy: string;
  closedBy: string;
  /** A remark for the reader; may be empty. */
  note: string;
}

export function intervalPart(interval: Interval, more: Partial<Part> = {}): Part {
  return { kind: 'INTERVAL', amount: lengthOf(interval), text: '', note: '', ...interval, ...more };
}

export function eventPart(event: SessionEvent, more: Partial<Part> = {}): Part {
  const { id, at, stateLabel, baseState, callId } = event;
  return {
    kind: 'EVENT',
    amount: 1,
    text: '',
    fromMs: at,
    toMs: at,
    label: stateLabel || baseState,
    baseState,
    callId,
    openedBy: id,
    closedBy: id,
    note: '',
    ...more,
  };
}

export function entryPart(validFromMs: number | null, text: string, note: string): Part {
  return {
    kind: 'ENTRY',
    amount: null,
    text,
    fromMs: validFromMs,
    toMs: null,
    label: '',
    baseState: '',
    callId: '',
    openedBy: '',
    closedBy: '',
    note,
  };
}

export const totalOf = (parts: readonly Part[]): number => parts.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
