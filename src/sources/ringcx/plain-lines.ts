// Parameters with which the engine itself decodes simple RingCX lines: fields, spellings of states, and the zone's offsets.
import { FIRST_INSTANT_MS } from '../../time/wall-time.ts';
import { MAX_ID_LENGTH } from '../fields.ts';
import type { LineSample, PlainLines, PlainParam } from '../source.ts';
import { offsetsAt } from '../text/local-time.ts';
import { feedZone } from './input.ts';
import { standardSpellings } from './states.ts';

const FIELDS = [
  'event_type',
  'account_id',
  'agent_login_id',
  'date_time',
  'agent_id',
  'username',
  'agent_phone',
  'external_agent_id',
  'event_aux_type',
  'prev_state',
  'duration',
  'pending_disp',
  'call_id',
  'call_source_id',
  'call_source_name',
  'call_type',
  'call_start',
  'call_state',
  'call_duration',
  'queue_duration',
  'gate_id',
  'gate_name',
];
const SPELLINGS = standardSpellings();
/** Longest line for the engine: far above real events, far below the decoder's limit. */
const MAX_BYTES = 65_536;

const HOUR_MS = 3_600_000;
/** Two years, as many hours as `local-time.ts` caches for a zone. */
const MAX_HOURS = 17_520;
/** Other lines may lie some hours from the sampled ones, and zones up to 14 hours from UTC. */
const MARGIN_HOURS = 48;

export const plainLines: PlainLines = {
  sql: new URL('./plain-lines.sql', import.meta.url),
  params(sample, context) {
    const zone = feedZone(context, sample.accounts[0]!);
    return {
      accounts: sample.accounts.filter(account => feedZone(context, account) === zone),
      default_account: context.accountId,
      received_ms: context.receivedAt,
      max_bytes: MAX_BYTES,
      max_id: MAX_ID_LENGTH,
      fields: `Tuple(${FIELDS.map(field => `${field} String`).join(', ')})`,
      types: SPELLINGS.map(([type]) => type),
      states: SPELLINGS.map(([, state]) => state),
      ...hoursOf(sample, zone),
    };
  },
  dependOnEarlierLines: (sample, context) => hasRepeatedHour(sample, feedZone(context, sample.accounts[0]!)),
};

function hasRepeatedHour({ fromMs, toMs }: LineSample, zone: string): boolean {
  for (let ms = fromMs - MARGIN_HOURS * HOUR_MS; ms <= toMs; ms += HOUR_MS / 2) {
    const { first, last } = offsetsAt(ms, zone);
    if (first !== last) return true;
  }
  return false;
}

/** The hours of the zone's clock in which each time is unambiguous, with their offsets from UTC in seconds. */
function hoursOf({ fromMs, toMs }: LineSample, zone: string): Record<'hours' | 'offsets', PlainParam> {
  const hours: number[] = [];
  const offsets: number[] = [];
  const first = Math.max(Math.floor(fromMs / HOUR_MS) - MARGIN_HOURS, FIRST_INSTANT_MS / HOUR_MS);
  const last = Math.min(Math.ceil(toMs / HOUR_MS) + MARGIN_HOURS, first + MAX_HOURS);
  for (let hour = first; hour <= last; hour++) {
    const atStart = offsetsAt(hour * HOUR_MS, zone);
    const atEnd = offsetsAt((hour + 1) * HOUR_MS - 1, zone);
    if (new Set([atStart.first, atStart.last, atEnd.first, atEnd.last]).size > 1 || atStart.first % 1000 !== 0)
      continue;
    hours.push(hour);
    offsets.push(atStart.first / 1000);
  }
  return { hours, offsets };
}
