// Files that say which names are one agent: the members of Asterisk's queues, as its table or command line shows them, or a CSV.
import { parse } from 'csv-parse/sync';
import { UserError } from '../errors.ts';
import { fileKind } from '../sources/file-kind.ts';
import type { AgentAlias } from './alias-names.ts';
import { insertedRows } from './inserted-rows.ts';

/** A member of a queue: one person, by the name and by the interface. */
interface Member {
  name: string;
  interface: string;
}

/** What a file says; `notes` tell a person what was left out, and why. */
export interface AliasFile {
  aliases: AgentAlias[];
  notes: string[];
}

const QUEUE_SHOW = /^\s*Members:\s*$| has \d+ calls? \(max /m;
/**
 * `      Dana Reed (Local/1004@from-queue/n from hint:1004@ext-local) with penalty 1 (ringinuse enabled) (dynamic) …`. A member
 * whose name is the interface is shown without brackets.
 */
const SHOWN_MEMBER = /^\s+(.+?) \(([A-Za-z]\w*\/[^()\s]+)(?: from [^()]+)?\)(?= with penalty | \(|\s*$)/;
/** Colours of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one.
const COLOURS = /\u001b\[[\d;]*m/g;

/**
 * Reads rows of `queue_members` (CSV, TSV or statements of a dump, with the columns membername and interface), what the command
 * `queue show` prints, or a CSV of agent_id and alias. `idOf` is the agent rule: an agent is called by what it makes of the interface.
 * @throws UserError INVALID_ALIAS_FILE
 */
export function parseAliasFile(text: string, idOf: (name: string) => string): AliasFile {
  const kind = fileKind(text);
  if (kind !== undefined) throw invalidFile(`This is ${kind.name}, which names no aliases.`);
  const plain = text.replace(/^\uFEFF/, '').replaceAll(COLOURS, '');
  if (QUEUE_SHOW.test(plain)) return aliasesOf(shownMembers(plain), idOf);
  const [header = [], ...rows] = insertedRows(plain) ?? parseTable(plain);
  const column = (name: string) => header.findIndex(known => known.trim().toLowerCase() === name);
  const cells = (name: string) => rows.map(row => row[column(name)]?.trim() ?? '');
  if (column('membername') >= 0 && column('interface') >= 0) {
    const names = cells('membername');
    return aliasesOf(
      cells('interface').map((shown, i) => ({ name: names[i]!, interface: shown })),
      idOf,
    );
  }
  if (column('agent_id') >= 0 && column('alias') >= 0) {
    const aliases = cells('alias');
    return { aliases: cells('agent_id').map((agentId, i) => ({ agentId, alias: aliases[i]! })), notes: [] };
  }
  throw invalidFile('The file has neither the columns membername and interface nor agent_id and alias.');
}

function shownMembers(text: string): Member[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [, name, shown] = SHOWN_MEMBER.exec(line) ?? [];
    return name === undefined || shown === undefined ? [] : [{ name, interface: shown }];
  });
}

function parseTable(text: string): string[][] {
  const header = text.trimStart().split(/\r?\n/, 1)[0]!;
  const delimiter = ['\t', ';', ','].find(mark => header.includes(mark)) ?? ',';
  // `mysql -B` quotes nothing.
  const quote = delimiter === '\t' ? null : '"';
  try {
    const lax = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
    return parse(text, { delimiter, quote, ...lax }) as string[][];
  } catch (error) {
    throw invalidFile(error instanceof Error ? error.message : String(error));
  }
}

/** A name that stands beside several phones may be of several people («Support»), so that a person has to say it. */
function aliasesOf(members: readonly Member[], idOf: (name: string) => string): AliasFile {
  const byName = new Map<string, Set<string>>();
  for (const member of members) {
    const agentId = idOf(member.interface);
    if (member.name === '' || agentId === '' || idOf(member.name) === agentId) continue;
    byName.set(member.name, (byName.get(member.name) ?? new Set()).add(agentId));
  }
  const aliases: AgentAlias[] = [];
  const notes: string[] = [];
  for (const [alias, [agentId = '', ...others]] of byName) {
    if (others.length === 0) aliases.push({ agentId, alias });
    else {
      const agents = [agentId, ...others].map(id => `'${id}'`).join(', ');
      notes.push(
        `'${alias}' is left out: it stands beside ${agents}. If they are one person, set the aliases by hand.`,
      );
    }
  }
  return { aliases, notes };
}

function invalidFile(message: string): UserError {
  return new UserError(
    'INVALID_ALIAS_FILE',
    message,
    "Give rows of Asterisk's table queue_members (CSV, TSV or .sql), the output of asterisk -rx 'queue show', or a CSV with the " +
      'header agent_id,alias.',
  );
}
