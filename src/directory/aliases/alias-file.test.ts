// Alias files: Asterisk's table, a dump of it, and the output of its command line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../errors.ts';
import { parseAliasFile } from './alias-file.ts';
import { idByRule } from './alias-names.ts';

const DANA = { agentId: '1004', alias: 'DANA REED' };
const ADA = { agentId: '1005', alias: "Ada O'Neil, jr." };

const READ: [name: string, text: string][] = [
  [
    'a CSV of the table',
    'uniqueid,membername,queue_name,interface,penalty,paused\n' +
      '1,DANA REED,9999,Local/1004@from-queue/n,0,\n2,DANA REED,9998,Local/1004@from-queue/n,0,\n' +
      '3,"Ada O\'Neil, jr.",9999,PJSIP/1005,0,\n4,PJSIP/1006,9999,PJSIP/1006,0,\n5,,9999,PJSIP/1007,0,\n',
  ],
  [
    'a spreadsheet’s CSV',
    '\uFEFFInterface;MemberName\r\nLocal/1004@from-queue/n;DANA REED\r\nPJSIP/1005;"Ada O\'Neil, jr."\r\n',
  ],
  [
    'what mysql -B prints',
    "queue_name\tinterface\tmembername\n9999\tSIP/1004\tDANA REED\n9999\tSIP/1005\tAda O'Neil, jr.\n",
  ],
  [
    'mysqldump, with the columns in the CREATE TABLE',
    'DROP TABLE IF EXISTS `queue_members`;\nCREATE TABLE `queue_members` (\n' +
      '  `queue_name` varchar(80) NOT NULL,\n  `interface` varchar(80) NOT NULL,\n  `membername` varchar(80) DEFAULT NULL,\n' +
      '  `uniqueid` int(11) NOT NULL AUTO_INCREMENT,\n  PRIMARY KEY (`queue_name`,`interface`)\n) ENGINE=InnoDB;\n' +
      "INSERT INTO `queue_members` VALUES ('9999','SIP/1004','DANA REED',1),\n" +
      "('9999','PJSIP/1005','Ada O\\'Neil, jr.',2),('9999','SIP/1009',NULL,3);\n",
  ],
  [
    'pg_dump --inserts',
    "INSERT INTO public.queue_members (interface, membername) VALUES ('SIP/1004', 'DANA REED');\n" +
      "INSERT INTO public.queue_members (interface, membername) VALUES ('SIP/1005', 'Ada O''Neil, jr.');\n",
  ],
  [
    'pg_dump',
    'COPY public.queue_members (queue_name, interface, membername) FROM stdin;\n' +
      "9999\tSIP/1004\tDANA REED\n9999\tSIP/1005\tAda O'Neil, jr.\n9999\tSIP/1006\t\\N\n\\.\n",
  ],
  [
    'queue show',
    "9999 has 0 calls (max unlimited) in 'rrmemory' strategy (3s holdtime, 20s talktime), W:0, C:5, A:1, SL:0.0%, SL2:0.0% within 0s\n" +
      '   Members: \n' +
      '      DANA REED (Local/1004@from-queue/n from hint:1004@ext-local) (ringinuse enabled) (dynamic) (Not in use) has taken 3 calls (last was 75 secs ago)\n' +
      "      Ada O'Neil, jr. (PJSIP/1005) with penalty 1 (ringinuse disabled) (paused:Lunch was 42 secs ago) (\u001b[1;32mIn use\u001b[0m) has taken no calls yet\n" +
      '      PJSIP/1006 (ringinuse disabled) (dynamic) (Not in use) has taken no calls yet (login was 12 secs ago)\n' +
      '   Callers: \n      1. PJSIP/trunk-00000116 (wait: 0:07, prio: 0)\n',
  ],
  [
    'a dump of several tables',
    "INSERT INTO \"queues\" VALUES ('9999', 'rrmemory; (all)');\nINSERT INTO asterisk.queue_members (interface, membername) VALUES " +
      "('SIP/1004','DANA REED'),('SIP/1005','Ada O''Neil, jr.') ON DUPLICATE KEY UPDATE interface = VALUES(interface);\n",
  ],
  ['a CSV of aliases', 'agent_id,alias\n1004,DANA REED\n1005,"Ada O\'Neil, jr."\n'],
];
for (const [name, text] of READ) {
  test(name, () => assert.deepEqual(parseAliasFile(text, idByRule('')), { aliases: [DANA, ADA], notes: [] }));
}

test('a name with several phones is skipped with a note', () => {
  const text = 'membername,interface\nSupport,SIP/1\nSupport,SIP/2\nDANA REED,SIP/1004\n';
  const { aliases, notes } = parseAliasFile(text, idByRule(''));
  assert.deepEqual(aliases, [DANA]);
  assert.match(notes.join(), /^'Support' is skipped: it is used by '1', '2'\./);
});

const REFUSED: [name: string, text: string, said: RegExp][] = [
  ['a workbook', 'PK\u0003\u0004 [Content_Types].xml xl/workbook.xml', /Excel workbook/],
  ['a dump of another table', 'INSERT INTO queues (name, strategy) VALUES (1, 2);\n', /neither the columns/],
  ['a row without its agent', 'agent_id,alias\n1004,DANA REED\n\n,BOB\n', /Line 4/],
  ['an agents file', 'agent_id,first_name\n1,Ada\n', /neither the columns membername and interface/],
  ['a picture', '\x89PNG\r\n\x1a\n\0\0', /^This is a picture \(PNG\), which has no aliases\.$/],
  ['nothing', '', /neither the columns/],
  ['a CSV with a quote that is not closed', 'agent_id,alias\n"1,b\n', /quote/i],
];
for (const [name, text, said] of REFUSED) {
  test(`${name} is refused`, () => {
    assert.throws(
      () => parseAliasFile(text, idByRule('')),
      (error: unknown) => error instanceof UserError && error.code === 'INVALID_ALIAS_FILE' && said.test(error.message),
    );
  });
}
