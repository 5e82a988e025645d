// Agents files as people write them: column names, delimiters, titles, and all mistakes of a file at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { parseAgentsCsv } from './agents-file.ts';

const ADA = {
  agent_id: '1',
  first_name: 'Ada',
  team: 'Red',
  validFromMs: undefined,
};

const READ: [name: string, text: string, rows: object[]][] = [
  ['the fields’ names', 'agent_id,first_name,team\n1,Ada,Red\n', [ADA]],
  ['the report’s names', 'Agent ID,First Name,Team\n1,Ada,Red\n', [ADA]],
  ['another case and spacing', 'AGENT_ID, first name ,team\n1,Ada,Red\n', [ADA]],
  ['semicolons', 'Agent ID;First Name;Team\n1;Ada;Red\n', [ADA]],
  ['tabs', 'agent_id\tfirst_name\tteam\n1\tAda\tRed\n', [ADA]],
  ['pipes', 'agent_id|first_name|team\n1|Ada|Red\n', [ADA]],
  ['a BOM, CRLF and quotes', '\u{FEFF}"agent_id";"first_name";"team"\r\n"1";"Ada";"Red"\r\n', [ADA]],
  ['a title above, empty lines, delimiters only', 'Agents\n\nagent_id,first_name,team\n,,\n1,Ada,Red\n\n', [ADA]],
  ['delimiters at the end of each line', 'agent_id,first_name,team,,\n1,Ada,Red,,\n', [ADA]],
  ['columns of the report that the directory does not hold', 'Agent ID,First Name,Phone,Team\n1,Ada,650,Red\n', [ADA]],
  [
    'no team, as the report prints it',
    'Agent ID,Team\n1,[No Team Name]\n',
    [{ agent_id: '1', team: '', validFromMs: undefined }],
  ],
  [
    'the dial group, as the report calls it',
    'Agent ID,Dial Group\n1,East\n',
    [{ agent_id: '1', dial_group_name: 'East', validFromMs: undefined }],
  ],
  [
    'a quote inside a name',
    'agent_id,first_name\n1,Ada "A"\n',
    [{ agent_id: '1', first_name: 'Ada "A"', validFromMs: undefined }],
  ],
];

for (const [name, text, rows] of READ) {
  test(`read: ${name}`, () => assert.deepEqual(parseAgentsCsv(text, ['Phone']), rows));
}

function refusal(text: string): UserError {
  try {
    parseAgentsCsv(text);
  } catch (error) {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, 'INVALID_AGENTS_FILE');
    return error;
  }
  return assert.fail('The file was read.');
}

const MISTAKES: [name: string, text: string, list: string[], isHeader: boolean][] = [
  ['no agent_id', 'first_name\nAda\n', ['Line 1: the header has no column agent_id.'], true],
  [
    'names that are not known, or come twice',
    'agent_id,shoe_size,team,Team\n1,44,,\n',
    [
      'Line 1, column 2: "shoe_size" is not a column of an agents file.',
      'Line 1, column 4: "Team" is in the header twice.',
    ],
    true,
  ],
  [
    'rows, counted as an editor does',
    'agent_id,first_name,is_active,valid_from\n\n1,"two\nlines",1,soon\n,Bob,maybe,\n3,Cy,1,,more\n',
    [
      'Line 3, column 4 (valid_from): "soon" is not a date, expected YYYY-MM-DD.',
      'Line 5, column 1 (agent_id): is missing.',
      'Line 5, column 3 (is_active): "maybe" is neither 0 nor 1.',
      'Line 6: has 5 cells, but the header has 4 columns.',
    ],
    false,
  ],
  ['a quote', 'agent_id,team\n1,Red\n2,"Blue\n3,Red\n', ['Line 3: a quote is opened here and never closed.'], false],
];

for (const [name, text, list, isHeader] of MISTAKES) {
  test(`all mistakes at once: ${name}`, () => {
    const { message, remedy, validationErrors } = refusal(text);
    assert.deepEqual(
      validationErrors.map(error => error.message),
      list,
    );
    assert.match(message, list.length === 1 ? /has a mistake\. Line/ : new RegExp(`has ${list.length} mistakes`));
    assert.equal(/must name the columns, in any order: agent_id,/.test(remedy), isHeader);
  });
}

test('of very many mistakes the first are listed, and the others counted', () => {
  const { message, validationErrors } = refusal(`agent_id,is_active\n${'1,maybe\n'.repeat(1000)}`);
  assert.equal(validationErrors.length, LIMITS.listedMistakes);
  assert.match(message, /has 1000 mistakes; the first 20, and 980 more\./);
});

const BINARY: [name: string, bytes: Buffer, says: RegExp][] = [
  ['a workbook', Buffer.from('PK\x03\x04\x14\0\x06\0[Content_Types].xml', 'latin1'), /an Excel workbook/],
  ['a workbook that LibreOffice wrote', Buffer.from('PK\x03\x04\x14\0\0\0xl/_rels', 'latin1'), /an Excel workbook/],
  ['a spreadsheet', Buffer.from('PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), /OpenDocument/],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /an old Excel workbook/],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /a picture \(PNG\)/],
  ['another picture', Buffer.from('ffd8ffe000104a46494600', 'hex'), /a picture \(JPEG\)/],
  ['a ZIP archive', Buffer.from('PK\x03\x04agents.csv', 'latin1'), /a ZIP archive/],
  ['a gzip archive', Buffer.from('1f8b0800000000000003', 'hex'), /a gzip archive/],
  ['a PDF document', Buffer.from('%PDF-1.7\n%âãÏÓ', 'latin1'), /a PDF/],
  ['UTF-16', Buffer.from('agent_id\n1\n', 'utf16le'), /UTF-16/],
  ['a web page', Buffer.from('<!DOCTYPE html><html>'), /HTML/],
  ['JSON', Buffer.from('[{"agent_id": 1}]'), /JSON/],
];

for (const [name, bytes, says] of BINARY) {
  for (const encoding of ['utf8', 'latin1'] as const) {
    test(`named as what it is, read as ${encoding}: ${name}`, () => {
      const { message, remedy } = refusal(bytes.toString(encoding));
      assert.match(message, says);
      assert.doesNotMatch(remedy, /agent_id/);
    });
  }
}
