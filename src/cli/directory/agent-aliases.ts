// `offhook agents alias`: names, interfaces and numbers that are one agent, and what the change does to the history.
import { Command } from 'commander';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { readAccount } from '../../directory/accounts.ts';
import { listAliases } from '../../directory/aliases/agent-aliases.ts';
import type { AliasesApplied } from '../../ingest/sessionization/alias-changes.ts';
import { parseAliasFile } from '../../directory/aliases/alias-file.ts';
import { idByRule } from '../../directory/aliases/alias-names.ts';
import { readText } from '../files.ts';
import { sayNewAccounts } from './new-account.ts';
import { accountOption, dataDirOption, example } from '../options.ts';
import { grouped } from '../../plain-text.ts';
import { auditOf, COMMAND_LINE } from '../access/users.ts';

interface AccountOptions {
  account: string;
  dataDir: string;
}

export function aliasCommand(): Command {
  const alias = new Command('alias').description('names, interfaces and numbers that are one agent');
  for (const command of [setCommand(), listCommand(), removeCommand(), importCommand()]) {
    alias.addCommand(command);
  }
  return alias;
}

function setCommand(): Command {
  return new Command('set')
    .description('say that names are an agent’s: for what is stored, and for what comes')
    .addOption(accountOption())
    .requiredOption('--agent <id>', 'the agent as the report shall name it, or its interface')
    .addOption(dataDirOption())
    .argument('<name...>', 'a name, interface or number as the feed writes it')
    .addHelpText(
      'after',
      example("./offhook agents alias set --account 15300002 --agent 1004 'DANA REED' 'Local/1004@from-queue/n'"),
    )
    .action((names: string[], { account, agent, dataDir }: AccountOptions & { agent: string }) =>
      withOffhook(dataDir, async offhook => {
        await sayNewAccounts(offhook.engine, [account]);
        const aliases = names.map(alias => ({ agentId: agent, alias }));
        await tell(offhook, account, 'ADDED', await offhook.aliases.add(account, aliases, Date.now()));
      }),
    );
}

function listCommand(): Command {
  return new Command('list')
    .description('list the aliases: agent, name')
    .addOption(accountOption())
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook agents alias list --account 15300002'))
    .action(({ account, dataDir }: AccountOptions) =>
      withStored(dataDir, async ({ engine }) => {
        await knownAccounts(engine, [account]);
        for (const { agentId, alias } of await listAliases(engine, account)) {
          process.stdout.write(`${agentId}\t${alias}\n`);
        }
      }),
    );
}

function removeCommand(): Command {
  return new Command('remove')
    .description('take names from their agents: what they had joined is apart again')
    .addOption(accountOption())
    .addOption(dataDirOption())
    .argument('<name...>', 'the aliases, as they are listed')
    .addHelpText('after', example("./offhook agents alias remove --account 15300002 'DANA REED'"))
    .action((names: string[], { account, dataDir }: AccountOptions) =>
      withStored(dataDir, async offhook =>
        tell(offhook, account, 'REMOVED', await offhook.aliases.remove(account, names, Date.now())),
      ),
    );
}

function importCommand(): Command {
  return new Command('import')
    .description('set the aliases that a file says')
    .addOption(accountOption())
    .addOption(dataDirOption())
    .argument(
      '<file>',
      'Asterisk’s queue_members (CSV, TSV, .sql), the output of `queue show`, or a CSV agent_id,alias',
    )
    .addHelpText('after', example("asterisk -rx 'queue show' | ./offhook agents alias import --account 15300002 -"))
    .action((file: string, { account, dataDir }: AccountOptions) => {
      const text = readText(file);
      return withOffhook(dataDir, async offhook => {
        await sayNewAccounts(offhook.engine, [account]);
        const { agentRule } = await readAccount(offhook.engine, account);
        const { aliases, notes } = parseAliasFile(text, idByRule(agentRule));
        for (const note of notes) process.stderr.write(`${note}\n`);
        await tell(offhook, account, 'ADDED', await offhook.aliases.add(account, aliases, Date.now()));
      });
    });
}

async function tell(
  offhook: Offhook,
  accountId: string,
  change: 'ADDED' | 'REMOVED',
  { changed, unchanged, moved, left }: AliasesApplied,
): Promise<void> {
  if (changed.length > 0) {
    await auditOf(offhook).record({
      action: 'DIRECTORY_CHANGED',
      ...COMMAND_LINE,
      accountId,
      detail: { change: `ALIASES_${change}`, aliases: changed, moved },
    });
  }
  const known = change === 'ADDED' ? `, ${grouped(unchanged)} known already` : '';
  const aliases = changed.length === 1 ? 'alias' : 'aliases';
  process.stderr.write(
    `${grouped(changed.length)} ${aliases} ${change.toLowerCase()}${known}; ` +
      `${grouped(moved)} stored events are another agent's now.\n`,
  );
  if (left.length > 0) {
    process.stderr.write(`Left as they are, since not all of their stored inputs can be read: ${left.join(', ')}.\n`);
  }
}
