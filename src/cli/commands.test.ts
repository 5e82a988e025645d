// The list of commands repeats what each command's module says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Help } from 'commander';
import { COMMANDS } from './commands.ts';

for (const { usage, summary, load } of COMMANDS) {
  test(`the list shows '${usage}' as its module does`, async () => {
    const help = new Help();
    const command = await load('1.2.3');
    assert.deepEqual([help.subcommandTerm(command), help.subcommandDescription(command)], [usage, summary]);
  });
}
