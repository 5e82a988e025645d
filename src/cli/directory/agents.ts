// `offhook agents`: the agent directory, from a CSV file, as a list, and as such a file again.
import { Command } from 'commander';
import { withOffhook, withStored } from '../../pipeline.ts';
import { REPORT_HEADERS } from '../../report/columns/columns.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { ALL_AGENTS, readHistory, readPresent } from '../../directory/agents/agent-entries.ts';
import { type AgentChange, importAgents, planAgents } from '../../directory/agents/agents.ts';
import { agentsCsv, parseAgentsCsv } from '../../directory/agents/agents-file.ts';
import { aliasCommand } from './agent-aliases.ts';
import { readText } from '../files.ts';
import { sayNewAccounts } from './new-account.ts';
import { accountOption, dataDirOption, example } from '../options.ts';
import { checkWritable, writeOut } from '../out-file.ts';
import { grouped } from '../../plain-text.ts';
import { auditOf, COMMAND_LINE } from '../access/users.ts';

interface AccountOptions {
  account: string;
  dataDir: string;
}

export function agentsCommand(): Command {
  const agents = new Command('agents').description('the agent directory');
  for (const command of [importCommand(), listCommand(), exportCommand(), aliasCommand()]) {
    agents.addCommand(command);
  }
  return agents;
}

function importCommand(): Command {
  return new Command('import')
    .description('store who the agents are, from a CSV file with a header; columns that are not there stay')
    .addOption(accountOption())
    .option('--preview', 'print what would change, and write nothing')
    .addOption(dataDirOption())
    .argument('<file>', 'columns among agent_id,first_name,last_name,…,valid_from, or as the report names them')
    .addHelpText('after', example('./offhook agents import --account 15300002 agents.csv'))
    .action((file: string, { account, dataDir, preview }: AccountOptions & { preview?: true }) => {
      const rows = parseAgentsCsv(readText(file), REPORT_HEADERS);
      return (preview ? withStored : withOffhook)(dataDir, async offhook => {
        const { engine } = offhook;
        if (preview) {
          process.stdout.write(changesText(await planAgents(engine, account, rows, Date.now())));
          return;
        }
        await sayNewAccounts(engine, [account]);
        const { written, unchanged } = await importAgents(engine, account, rows, Date.now());
        if (written > 0) {
          await auditOf(offhook).record({
            action: 'DIRECTORY_CHANGED',
            ...COMMAND_LINE,
            accountId: account,
            detail: { change: 'AGENTS_IMPORTED', written, unchanged },
          });
        }
        process.stderr.write(
          `${grouped(written)} ${written === 1 ? 'entry' : 'entries'} written, ${grouped(unchanged)} unchanged.\n`,
        );
      });
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('list who is there now: id, first and last name, username, team, group, dial group')
    .addOption(accountOption())
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook agents list --account 15300002'))
    .action(({ account, dataDir }: AccountOptions) =>
      withStored(dataDir, async ({ engine }) => {
        await knownAccounts(engine, [account]);
        for (const agent of await readPresent(engine, account, Date.now(), ALL_AGENTS)) {
          const { agent_id, first_name, last_name, username, team } = agent;
          const groups = [agent.agent_group_name || agent.agent_group_id, agent.dial_group_name];
          process.stdout.write(`${[agent_id, first_name, last_name, username, team, ...groups].join('\t')}\n`);
        }
      }),
    );
}

function exportCommand(): Command {
  return new Command('export')
    .description('write the whole history as an agents file; importing it changes nothing')
    .addOption(accountOption())
    .option('--out <file>', 'write to a file instead of standard output')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook agents export --account 15300002 --out agents.csv'))
    .action(({ account, dataDir, out }: AccountOptions & { out?: string }) => {
      checkWritable(out);
      return withStored(dataDir, async ({ engine }) => {
        await knownAccounts(engine, [account]);
        await writeOut(out, [agentsCsv(await readHistory(engine, account))]);
      });
    });
}

/** The changes for a person: a line for each row that changes something, then what differs, then how many. */
function changesText(changes: readonly AgentChange[]): string {
  const lines = changes
    .filter(({ kind }) => kind !== 'UNCHANGED')
    .flatMap(({ agentId, validFromMs, kind, fields }) => [
      `${kind} agent ${agentId} from ${new Date(validFromMs).toISOString()}`,
      ...Object.entries(fields)
        .filter(([name]) => name !== 'agent_id')
        .map(([name, { from, to }]) =>
          kind === 'NEW' ? `  ${name}: ${quoted(to)}` : `  ${name}: ${quoted(from)} → ${quoted(to)}`,
        ),
    ]);
  const count = (kind: AgentChange['kind']) => grouped(changes.filter(change => change.kind === kind).length);
  const totals = `${count('NEW')} new, ${count('CHANGED')} changed, ${count('UNCHANGED')} unchanged.`;
  return `${[...lines, totals].join('\n')}\n`;
}

const quoted = (text: string) => JSON.stringify(text);
