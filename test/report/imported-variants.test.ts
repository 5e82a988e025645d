// Agent Session Reports as people have them: saved again by spreadsheets and databases of any country, and files that are none.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { UserError } from '../../src/errors.ts';
import { openOffhook } from '../../src/pipeline.ts';
import { COLUMNS } from '../../src/report/columns/columns.ts';
import { importText, reportBytes } from '../support/imports.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
const offhook = await openOffhook(dataDir);
after(async () => {
  await offhook.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** One row with the values of a public one, its names invented: as RingCentral prints it, as Excel saves it, and from SQL Server. */
const golden = (name: string) => readFileSync(new URL(`../golden/exports/${name}.csv`, import.meta.url), 'utf8');
const PRINTED = golden('01-no-leading-zero');
const SAVED_BY_EXCEL = golden('02-as-excel-saves-it');
const ISO = golden('03-iso-times');

const REPORT = 'agent-session-report';
const US = { timezone: 'US/Arizona' };

let accounts = 0;
async function imported(text: string, name = REPORT) {
  const accountId = `variant-${accounts++}`;
  const told: string[] = [];
  const written = await importText(offhook, name, text, { accountId, ...US, told });
  return { accountId, told, written };
}
const csvOf = async (accountId: string) => (await reportBytes(offhook, accountId, 'csv', US)).toString();

const cells = (text: string) => parseCsv(text) as string[][];
const written = (rows: readonly (readonly string[])[], delimiter: string) =>
  `${rows.map(row => row.join(delimiter)).join('\n')}\n`;
const at = (header: string) => COLUMNS.findIndex(column => column.header === header);
/** The printed row with other times. */
const times = (login: string, logout: string) =>
  PRINTED.replace('5/2/21 4:36 AM', login).replace('5/2/21 4:38 AM', logout);
/** As a spreadsheet of a country with decimal commas saves it. */
const european = (login: string, logout: string) =>
  written(
    cells(times(login, logout)).map((row, nth) =>
      nth === 0 ? row : row.map(cell => cell.replace(/^(\d*)\.(\d\d%?)$/, '$1,$2').replace(/^,/, '0,')),
    ),
    ';',
  );
/** The printed row with a zero before the point, as it comes out of decimal commas. */
const WITH_ZEROS = PRINTED.replaceAll(/,\.(\d\d)/g, ',0.$1');
/** Only some of the columns, in another order. */
const only = (...headers: string[]) =>
  written(
    cells(PRINTED).map(row => headers.map(header => row[at(header)]!)),
    ',',
  );
const quotedAll = written(
  cells(PRINTED).map(row => row.map(cell => `"${cell}"`)),
  ';',
);
/** Numbers under the columns of numbers, and a word, or none, under the first. */
const totals = (word: string) =>
  `${COLUMNS.map(({ type }, nth) => (nth === 0 ? word : type === 'text' || type === 'dts' ? '' : '1')).join(',')}\n`;
const reversed = written(
  cells(PRINTED).map(row => row.toReversed()),
  ',',
);

const SAME: [name: string, text: string, told?: RegExp[], expected?: string][] = [
  ['as RingCentral prints it', PRINTED],
  ['as Excel saves it', SAVED_BY_EXCEL, [/month first: 5\/2\/2021 4:36 is 2 May 2021/]],
  ['from SQL Server', ISO],
  ['Excel with seconds', times('5/2/2021 4:36:50', '5/2/2021 4:38:00'), [/month first/]],
  ['four digits of year', times('05/02/2021 04:36', '05/02/2021 04:38'), [/month first/]],
  ['narrow spaces and a comma', times('"5/2/21, 4:36\u{202F}AM"', '"5/2/21, 4:38\u{202F}AM"')],
  ['ISO 8601', times('2021-05-02T04:36:00', '2021-05-02T04:38')],
  ['ISO 8601 in UTC', times('2021-05-02T11:36:00Z', '2021-05-02T11:38:00.000Z')],
  ['PostgreSQL', times('2021-05-02 13:36:00+02', '2021-05-02 13:38:00+02')],
  ['BigQuery', times('2021-05-02 11:36:00 UTC', '2021-05-02 11:38:00 UTC')],
  ['seven digits of a second', times('2021-05-02 04:36:00.0000000', '2021-05-02 04:38:00.0000000')],
  ['Excel in Japan', times('2021/5/2 4:36', '2021/5/2 4:38')],
  ['Excel in Germany', european('02.05.2021 04:36', '02.05.2021 04:38'), [], WITH_ZEROS],
  ['LibreOffice in Germany', european('02.05.21 04:36', '02.05.21 04:38'), [], WITH_ZEROS],
  ['a semicolon and decimal points', PRINTED.replaceAll(',', ';')],
  ['tabs', SAVED_BY_EXCEL.replaceAll(',', '\t'), [/month first/]],
  ['pipes', ISO.replaceAll(',', '|')],
  ['all of it in quotes', quotedAll],
  ['a BOM and CRLF', `\u{FEFF}${PRINTED.replaceAll('\n', '\r\n')}`],
  ['the columns in another order', reversed],
  [
    'headers in another case and spacing',
    PRINTED.replace('Login DTS', 'LOGIN_DTS').replace('EngagedTime', 'Engaged Time'),
  ],
  ['a title above the header', `Agent Session Report\n${PRINTED}`, [/header is in line 2/]],
  [
    'titles, empty lines and a hint for Excel above the header',
    `sep=;\n\n"Agent Session Report; all";\nFrom;5/1/2021\n${PRINTED.replaceAll(',', ';')}`,
    [/header is in line 5/],
  ],
  ['a total line', PRINTED + totals('Grand Total'), [/Line 3 is a total/]],
  ['a total of an agent', PRINTED + totals('7001 Total'), [/Line 3 is a total/]],
  ['totals without a word', PRINTED + totals(''), [/Line 3 is a total/]],
  ['rows of nothing but delimiters', `${PRINTED}${','.repeat(38)}\n\n${','.repeat(38)}\n`],
  ['delimiters at the end of each line', PRINTED.replaceAll('\n', ',,\n')],
  ['a column more', PRINTED.replace('\n', ',Shift\n').replace(/0\n$/, '0,Early\n'), [/ignored: Shift/]],
  ['two files, one behind the other', PRINTED + PRINTED],
];

for (const [name, text, told = [], expected = PRINTED] of SAME) {
  test(`the same row: ${name}`, async () => {
    const { accountId, told: notes, written: counts } = await imported(text);
    assert.equal(counts.rejected, 0);
    assert.equal(await csvOf(accountId), expected);
    assert.equal(notes.length, told.length, notes.join(' '));
    for (const [nth, words] of told.entries()) assert.match(notes[nth]!, words);
  });
}

/** What RingCentral's row says, as numbers. */
const VALUES = {
  accepted: 1,
  talkTime: 0.22,
  avgTalkTime: 0.22,
  loginTime: 1.17,
  loginUtilization: 18.57,
  availableTime: 0.95,
  avgPendingDispTime: 0.22,
  loginDts: '2021-05-02T11:36:00.000Z',
};

for (const [name, text] of [
  ['as RingCentral prints it', PRINTED],
  ['with decimal commas', european('02.05.2021 04:36', '02.05.2021 04:38')],
] as const) {
  test(`values are numbers in typed formats: ${name}`, async () => {
    const { accountId } = await imported(text);
    const line = JSON.parse((await reportBytes(offhook, accountId, 'ndjson', US)).toString());
    for (const [key, value] of Object.entries(VALUES)) assert.equal(line[key], value, key);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await reportBytes(offhook, accountId, 'xlsx', US)) as unknown as ExcelJS.Buffer);
    const value = (header: string) => book.worksheets[0]!.getRow(2).getCell(at(header) + 1).value;
    assert.deepEqual(
      [value('Talk Time (min)'), value('Login Utilization'), value('Login DTS')],
      [0.22, 0.1857, new Date('2021-05-02T04:36:00.000Z')],
    );
  });
}

test('columns that are missing are said, and stay empty in every format', async () => {
  const { accountId, told } = await imported(
    only('Login Session ID', 'Login DTS', 'Agent ID', 'Login Time (min)', 'Accepted'),
  );
  assert.match(told[0]!, /The file lacks these columns, which stay empty: Last Name, First Name, .* and 14 more/);
  const [, row] = cells(await csvOf(accountId));
  const filled = Object.fromEntries(COLUMNS.map(({ key }, nth) => [key, row![nth]!]).filter(([, cell]) => cell !== ''));
  assert.deepEqual(filled, {
    agentId: '7001',
    loginDts: '5/2/21 4:36 AM',
    accepted: '1',
    loginTime: '1.17',
    loginSessionId: '900000001',
  });
  const line = JSON.parse((await reportBytes(offhook, accountId, 'ndjson', US)).toString());
  assert.deepEqual([line.accepted, line.presented, line.talkTime, line.avgTalkTime], [1, null, null, null]);
  const xml = (await reportBytes(offhook, accountId, 'xml', US)).toString();
  assert.match(xml, /<accepted>1<\/accepted>.*<talkTime><\/talkTime>/s);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await reportBytes(offhook, accountId, 'xlsx', US)) as unknown as ExcelJS.Buffer);
  const sheet = book.worksheets[0]!;
  assert.deepEqual(
    [sheet.getRow(2).getCell(at('Accepted') + 1).value, sheet.getRow(2).getCell(at('RNA') + 1).value],
    [1, null],
  );
});

const REFUSED: [name: string, text: string, message: RegExp, remedy: RegExp][] = [
  ['day first', times('13/5/2021 4:36', ''), /day first: Login DTS in line 2 is "13\/5\/2021 4:36"/, /YYYY-MM-DD/],
  ['an Excel workbook', 'PK\u0003\u0004\0\0[Content_Types].xml', /Excel workbook/, /save it as CSV/],
  ['a picture', '\u0089PNG\r\n\u001a\n\0', /picture \(PNG\)/, /CSV/],
  ['JSON', '{"a":1}\n', /JSON/, /--source/],
  ['a web page', '<!DOCTYPE html><title>x', /HTML/, /CSV/],
  ['UTF-16 without BOM', [...PRINTED].join('\0'), /UTF-16/, /UTF-8/],
  ['a queue_log', '1619955396|1619955390.1|sales|SIP/1|CONNECT|3|a|3\n', /Asterisk queue_log/, /--source asterisk/],
  ['a table agent_logins', 'agent_login_id,login_dts\n1,2\n', /table agent_logins/, /--source agent-logins/],
  ['an agents file', 'agent_id,first_name\n1,Ada\n', /agents file/, /agents import/],
  ['another table', 'a,b\n1,2\n', /its header lacks Login DTS, Login Session ID/, /among its first 20 lines/],
  ['nothing', '', /empty/, /CSV file/],
];

for (const [name, text, message, remedy] of REFUSED) {
  test(`refused with its name: ${name}`, async () => {
    await assert.rejects(imported(text), error => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, message);
      assert.match(error.remedy, remedy);
      return error.code === 'INVALID_REQUEST';
    });
  });
}

const REJECTED: [name: string, rows: string, reason: string, detail: RegExp][] = [
  ['dates with hyphens', times('5-2-2021 4:36', ''), 'INVALID_TIME', /ambiguous \(month first or day first\)/],
  [
    'dots among slashes, as where a German Excel read some dates only',
    PRINTED + cells(times('02.05.2021 04:36', ''))[1]!.join(','),
    'INVALID_TIME',
    /the rows above have slashes and the month first/,
  ],
  [
    'a number that may be of thousands',
    european('02.05.2021 04:36', '02.05.2021 04:38').replace(';1,17;', ';1.170;'),
    'INVALID_VALUE',
    /Login Time \(min\) is "1.170", which is ambiguous \(thousands or decimals\)/,
  ],
];

for (const [name, text, reason, words] of REJECTED) {
  test(`rejected rather than guessed: ${name}`, async () => {
    const { accountId, written: counts } = await imported(text);
    assert.equal(counts.rejected, 1);
    const [kept] = await offhook.engine.query<{ reason: string; detail: string }>(
      'SELECT reason, detail FROM rejects FINAL WHERE account_id = {account:String}',
      { account: accountId },
    );
    assert.equal(kept!.reason, reason);
    assert.match(kept!.detail, words);
  });
}

test('a workbook of Offhook’s own that LibreOffice saved as CSV in German', async () => {
  const { accountId, written: counts } = await imported(golden('04-workbook-saved-by-libreoffice-in-german'));
  assert.deepEqual(counts, { stored: 2, rejected: 0 });
  const lines = (await reportBytes(offhook, accountId, 'ndjson', US)).toString().trimEnd().split('\n');
  assert.deepEqual(
    lines
      .map(line => JSON.parse(line))
      .map(({ loginDts, logoutDts, loginTime, offHookToLogin, team }) => [
        loginDts,
        logoutDts,
        loginTime,
        offHookToLogin,
        team,
      ]),
    [
      ['2021-05-01T09:08:00.000Z', '2021-05-01T09:38:00.000Z', 30, 97.14, '[No Team Name]'],
      ['2021-05-02T03:15:00.000Z', '2021-05-02T03:45:00.000Z', 30, 97.14, 'Team A'],
    ],
  );
});

test('a table of Redshift that a spreadsheet saved again', async () => {
  const header = 'agent_login_id;login_dts;logout_dts;login_time;calls_handled';
  const { accountId } = await imported(
    `agent_logins\n${header}\n1;02.05.2021 04:36:50;02.05.2021 04:38;70,5;1.001\n`,
    'agent-logins',
  );
  const line = JSON.parse((await reportBytes(offhook, accountId, 'ndjson', US)).toString());
  assert.deepEqual([line.loginDts, line.loginTime, line.accepted], ['2021-05-02T11:36:50.000Z', 1.18, 1001]);
});
