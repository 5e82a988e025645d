// Texts of RingCentral's exports into a store, and reports out of it as text.
import type { Offhook } from '../../src/pipeline.ts';
import { ALL_SESSIONS, type ReportCriteria } from '../../src/report/query/criteria.ts';
import type { FormatName } from '../../src/report/formats/formats.ts';
import { EXPORTS } from '../../src/sources/ringcentral-exports/exports.ts';
import { importExport } from '../../src/ingest/export-import.ts';
import type { Written } from '../../src/ingest/events/event-writer.ts';
import { versionsFrom } from '../../src/ingest/imported-sessions.ts';
import { decodeContext } from './decode-context.ts';

export const NOW = Date.UTC(2026, 10, 20);
let imports = 0;

interface ImportWords {
  accountId?: string;
  timezone?: string;
  /** Bytes of each piece that arrives. */
  chunk?: number;
  /** Filled with what a person is told. */
  told?: string[];
}

/** Each import is a later one than those before. */
export async function importText(
  { engine, writer }: Pick<Offhook, 'engine' | 'writer'>,
  name: string,
  text: string,
  { accountId = '', timezone = 'America/New_York', chunk = 1000, told = [] }: ImportWords = {},
): Promise<Written> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const receivedAt = NOW + imports++;
  const isAllowed = (account: string) => accountId === '' || account === accountId;
  const context = {
    ...decodeContext({ accountId, isAllowed, receivedAt }),
    timezone,
    note: (note: string) => void told.push(note),
  };
  let written: Written = { stored: 0, rejected: 0 };
  const store = { engine, writer };
  for await (written of importExport(store, EXPORTS[name]!, pieces(), context, versionsFrom(receivedAt)));
  return written;
}

/** Everything of an account, in the bytes of a format. */
export async function reportBytes(
  offhook: Pick<Offhook, 'report'>,
  accountId: string,
  format: FormatName,
  more: Partial<ReportCriteria> & { keepFormulas?: boolean } = {},
): Promise<Buffer> {
  const { keepFormulas = false, ...criteria } = more;
  const asked = {
    ...ALL_SESSIONS,
    accountIds: [accountId],
    start: '2010-01-01',
    end: '2030-01-01',
    timezone: 'America/New_York',
    ...criteria,
  };
  const clock = { nowMs: NOW, staleAfterMs: 16 * 3_600_000 };
  const chunks: Uint8Array[] = [];
  for await (const piece of offhook.report(asked, clock, { format, keepFormulas })) chunks.push(piece);
  return Buffer.concat(chunks);
}
