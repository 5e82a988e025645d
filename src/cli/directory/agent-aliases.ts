// `offhook agents alias`: names, interfaces and numbers that belong to the same agent.
import type { Command } from 'commander';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { readAccount } from '../../directory/accounts.ts';
import { listAliases } from '../../directory/aliases/agent-aliases.ts';
import type { AliasesApplied } from '../../ingest/sessionization/alias-changes.ts';
import { parseAliasFile } from '../../directory/aliases/alias-file.ts';
import { idByRule } from '../../directory/aliases/alias-names.ts';
import { recordAction } from '../audit-record.ts';
import { type AccountOptions, accountCommand, commandGroup } from '../command.ts';
import { readText } from '../files.ts';
import { warnOfNewAccounts } from './new-account.ts';
import { printRows } from '../output.ts';
import { counted, grouped } from '../../plain-text.ts';

export function aliasCommand(): Command {
  return commandGroup('alias', 'manage aliases: names, interfaces and numbers that belong to the same agent', [
    setCommand(),
    listCommand(),
    removeCommand(),
    importCommand(),
  ]);
}

function setCommand(): Command {
  return accountCommand(
    'set',
    'add aliases to an agent, for stored and future events',
    "./offhook agents alias set --account 15300002 --agent 1004 'DANA REED' 'Local/1004@from-queue/n'",
  )
    .requiredOption('--agent <id>', 'the agent id for the report, or the agent’s interface')
    .argument('<name...>', 'names, interfaces or numbers as the feed sends them')
    .action((names: string[], { account, agent, dataDir }: AccountOptions & { agent: string }) =>
      withOffhook(dataDir, async offhook => {
        await warnOfNewAccounts(offhook.engine, [account]);
        const aliases = names.map(alias => ({ agentId: agent, alias }));
        await reportChange(offhook, account, 'ADDED', await offhook.aliases.add(account, aliases, Date.now()));
      }),
    );
}

function listCommand(): Command {
  return accountCommand(
    'list',
    'list the aliases: agent, name',
    './offhook agents alias list --account 15300002',
  ).action(({ account, dataDir }: AccountOptions) =>
    withStored(dataDir, async ({ engine }) => {
      await knownAccounts(engine, [account]);
      printRows((await listAliases(engine, account)).map(({ agentId, alias }) => [agentId, alias]));
    }),
  );
}

function removeCommand(): Command {
  return accountCommand(
    'remove',
    'remove aliases, for stored and future events',
    "./offhook agents alias remove --account 15300002 'DANA REED'",
  )
    .argument('<name...>', 'the aliases as they are listed')
    .action((names: string[], { account, dataDir }: AccountOptions) =>
      withStored(dataDir, async offhook =>
        reportChange(offhook, account, 'REMOVED', await offhook.aliases.remove(account, names, Date.now())),
      ),
    );
}

function importCommand(): Command {
  return accountCommand(
    'import',
    'add the aliases in a file',
    "asterisk -rx 'queue show' | ./offhook agents alias import --account 15300002 -",
  )
    .argument(
      '<file>',
      'Asterisk’s queue_members (CSV, TSV, .sql), the output of `queue show`, or a CSV file with agent_id,alias',
    )
    .action((file: string, { account, dataDir }: AccountOptions) => {
      const text = readText(file);
      return withOffhook(dataDir, async offhook => {
        await warnOfNewAccounts(offhook.engine, [account]);
        const { agentRule } = await readAccount(offhook.engine, account);
        const { aliases, notes } = parseAliasFile(text, idByRule(agentRule));
        for (const note of notes) process.stderr.write(`${note}\n`);
        await reportChange(offhook, account, 'ADDED', await offhook.aliases.add(account, aliases, Date.now()));
      });
    });
}

/** Records the change in the audit log and prints it. */
async function reportChange(
  offhook: Offhook,
  accountId: string,
  change: 'ADDED' | 'REMOVED',
  { changed, unchanged, moved, left }: AliasesApplied,
): Promise<void> {
  if (changed.length > 0) {
    const detail = { change: `ALIASES_${change}`, aliases: changed, moved };
    await recordAction(offhook, 'DIRECTORY_CHANGED', accountId, detail);
  }
  const existing = change === 'ADDED' ? `, ${grouped(unchanged)} existed already` : '';
  const aliases = changed.length === 1 ? 'alias' : 'aliases';
  process.stderr.write(
    `${grouped(changed.length)} ${aliases} ${change.toLowerCase()}${existing}; ` +
      `${counted(moved, 'stored event')} moved to another agent.\n`,
  );
  if (left.length > 0) {
    process.stderr.write(
      `Agents whose stored events did not change because some inputs cannot be read again: ${left.join(', ')}.\n`,
    );
  }
}
