// `offhook agents`: imports, lists and exports the agent directory.
import type { Command } from 'commander';
import { withOffhook, withStored } from '../../pipeline.ts';
import { REPORT_HEADERS } from '../../report/columns/columns.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { ALL_AGENTS, readHistory, readPresent } from '../../directory/agents/agent-entries.ts';
import { type AgentChange, importAgents, planAgents } from '../../directory/agents/agents.ts';
import { agentsCsv, parseAgentsCsv } from '../../directory/agents/agents-file.ts';
import { recordAction } from '../audit-record.ts';
import { type AccountOptions, accountCommand, commandGroup } from '../command.ts';
import { aliasCommand } from './agent-aliases.ts';
import { readText } from '../files.ts';
import { warnOfNewAccounts } from './new-account.ts';
import { checkWritable, outOption, writeOut } from '../out-file.ts';
import { printRows } from '../output.ts';
import { grouped } from '../../plain-text.ts';
import { isoInstant } from '../../time/instant.ts';

export function agentsCommand(): Command {
  return commandGroup('agents', 'manage the agent directory', [
    importCommand(),
    listCommand(),
    exportCommand(),
    aliasCommand(),
  ]);
}

function importCommand(): Command {
  return accountCommand(
    'import',
    'import agents from a CSV file; attributes without a column do not change',
    './offhook agents import --account 15300002 agents.csv',
  )
    .option('--preview', 'print what would change without changing it')
    .argument('<file>', 'a file with the columns agent_id,first_name,last_name,…,valid_from or those of the report')
    .action((file: string, { account, dataDir, preview }: AccountOptions & { preview?: true }) => {
      const rows = parseAgentsCsv(readText(file), REPORT_HEADERS);
      return (preview ? withStored : withOffhook)(dataDir, async offhook => {
        const { engine } = offhook;
        if (preview) {
          process.stdout.write(changesText(await planAgents(engine, account, rows, Date.now())));
          return;
        }
        await warnOfNewAccounts(engine, [account]);
        const { written, unchanged } = await importAgents(engine, account, rows, Date.now());
        if (written > 0) {
          const detail = { change: 'AGENTS_IMPORTED', written, unchanged };
          await recordAction(offhook, 'DIRECTORY_CHANGED', account, detail);
        }
        process.stderr.write(
          `${grouped(written)} ${written === 1 ? 'entry' : 'entries'} written, ${grouped(unchanged)} unchanged.\n`,
        );
      });
    });
}

function listCommand(): Command {
  return accountCommand(
    'list',
    'list the present agents: id, first and last name, username, team, agent group, dial group',
    './offhook agents list --account 15300002',
  ).action(({ account, dataDir }: AccountOptions) =>
    withStored(dataDir, async ({ engine }) => {
      await knownAccounts(engine, [account]);
      const agents = await readPresent(engine, account, Date.now(), ALL_AGENTS);
      printRows(
        agents.map(agent => {
          const { agent_id, first_name, last_name, username, team } = agent;
          const groups = [agent.agent_group_name || agent.agent_group_id, agent.dial_group_name];
          return [agent_id, first_name, last_name, username, team, ...groups];
        }),
      );
    }),
  );
}

function exportCommand(): Command {
  return accountCommand(
    'export',
    'write the whole history as an agents file; importing that file changes nothing',
    './offhook agents export --account 15300002 --out agents.csv',
  )
    .addOption(outOption())
    .action(({ account, dataDir, out }: AccountOptions & { out?: string }) => {
      checkWritable(out);
      return withStored(dataDir, async ({ engine }) => {
        await knownAccounts(engine, [account]);
        await writeOut(out, [agentsCsv(await readHistory(engine, account))]);
      });
    });
}

/** The changes as text: each row that changes something with its differences, then the totals. */
function changesText(changes: readonly AgentChange[]): string {
  const lines = changes
    .filter(({ kind }) => kind !== 'UNCHANGED')
    .flatMap(({ agentId, validFromMs, kind, fields }) => [
      `${kind} agent ${agentId} from ${isoInstant(validFromMs)}`,
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
