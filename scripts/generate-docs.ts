// Writes docs/report.md, docs/errors.md and docs/api.md from the definitions of columns, errors and routes; --check only compares them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/api/app.ts';
import { ERROR_CODES } from '../src/errors.ts';
import { openOffhook } from '../src/pipeline.ts';
import { COLUMNS, type ColumnType } from '../src/report/columns/columns.ts';
import { EXTRA_COLUMNS } from '../src/report/columns/extra-columns.ts';
import { apiPage, type OpenApiDocument } from './api-page.ts';

const UNITS: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  dts: 'date and time, `M/d/yy h:mm AM`, seconds truncated',
  count: 'whole number',
  minutes: 'minutes, two decimals',
  percent: 'per cent, two decimals',
  labels: 'minutes by label, two decimals',
};

function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(header) + line(header.map(() => '---')) + rows.map(line).join('');
}

const report = `# The agent session report

One row for each login session whose login is between start and end, both inclusive, in order of login. This page is
generated from \`src/report/columns/columns.ts\`.

Durations are differences of instants in milliseconds, printed in minutes with two decimals, rounded half up. Ratios and
averages are computed from milliseconds and counts, never from printed values; a division by zero gives zero.

RingCentral publishes no formulas. «Published row» means that the formula gives the values of a public report row,
«published name» that the meaning follows from the name, «our choice» that nothing is published and Offhook decided:
Presented also counts offers withdrawn before they were answered or missed, time after a missed call is not work time, and
each off-hook stretch is rounded up separately.

${table(
  ['#', 'Column', 'Unit', 'Meaning', 'Formula', 'Based on'],
  COLUMNS.map(({ header, type, meaning, formula, evidence }, index) => [
    String(index + 1),
    header,
    UNITS[type],
    meaning,
    formula,
    evidence,
  ]),
)}
## Extra columns

JSON, NDJSON, Parquet, XML and XLSX also have these columns, after the 39. CSV, HTML and the workbook of RingCentral's
delimiter EXCEL do not.

${table(
  ['Key', 'Column', 'Unit', 'Meaning', 'Formula'],
  EXTRA_COLUMNS.map(({ key, header, type, meaning, formula }) => [`\`${key}\``, header, UNITS[type], meaning, formula]),
)}
## One row per agent

With \`rollupAgent\` each row is an agent: counts and times are summed over the agent's sessions, and ratios and averages are
computed from the sums. Login is the first login, Logout the last logout, or empty if a session is open. Names, phone, team
and dial group are those of the last login, and Login Session ID is empty. A session without an agent id stays a row of its
own.
`;

const errors = `# Errors

Every error that a user can cause has a code. Over HTTP, it is in the field \`errorCode\` of the answer (if the user lacks the
rights, RingCentral's \`access.denied.exception\`). The command line prints the code and ends with the exit code. This page is
generated from \`src/errors.ts\`.

${table(
  ['Code', 'HTTP status', 'Exit code', 'Meaning'],
  Object.entries(ERROR_CODES).map(([code, { status, exit, meaning }]) => [
    `\`${code}\``,
    String(status),
    String(exit),
    meaning,
  ]),
)}`;

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-docs-'));
const offhook = await openOffhook(dataDir);
const app = await buildApp({ offhook, now: Date.now, staleAfterMs: 0, keepFormulas: false, version: '' });
await app.ready();
const api = apiPage(app.swagger() as OpenApiDocument);
await app.close();
await offhook.close();
rmSync(dataDir, { recursive: true });

const pages = [
  ['report.md', report],
  ['errors.md', errors],
  ['api.md', api],
] as const;

for (const [name, text] of pages) {
  const file = new URL(`../docs/${name}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`docs/${name} is out of date. Run 'npm run docs'.`);
    process.exitCode = 1;
  }
}
