// What a decoder is told in tests: any account, its states unknown, and times without a zone read in New York.
import type { DecodeContext } from '../../src/sources/source.ts';

export function decodeContext(more: Partial<DecodeContext> = {}): DecodeContext {
  return {
    accountId: '',
    isAllowed: () => true,
    zoneOf: () => 'America/New_York',
    agentRuleOf: () => undefined,
    statesOf: () => new Map(),
    receivedAt: Date.UTC(2026, 0, 1),
    live: false,
    ...more,
  };
}
