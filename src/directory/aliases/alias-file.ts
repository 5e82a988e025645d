// Reads aliases from a file: members of Asterisk's queues, from its table or its command line, or a CSV.
import { UserError } from '../../errors.ts';
import { fileKind } from '../../sources/text/file-kind.ts';
import { tableReader } from '../../sources/tables/table-forms.ts';
import type { IsWanted, TableRow } from '../../sources/tables/table-rows.ts';
import type { AgentAlias } from './alias-names.ts';

/** A member of a queue: a person's name and interface. */
interface Member {
  name: string;
  interface: string;
}

/** The aliases of a file; `notes` tell a person what was skipped and why. */
export interface AliasFile {
  aliases: AgentAlias[];
  notes: string[];
}

const MEMBER_COLUMNS = ['membername', 'interface'];
const ALIAS_COLUMNS = ['agent_id', 'alias'];
const QUEUE_SHOW = /^\s*Members:\s*$| has \d+ calls? \(max /m;
/**
 * `      Dana Reed (Local/1004@from-queue/n from hint:1004@ext-local) with penalty 1 (ringinuse enabled) (dynamic) …`. Without a
 * name, the interface is printed without brackets.
 */
const SHOWN_MEMBER = /^\s+(.+?) \(([A-Za-z]\w*\/[^()\s]+)(?: from [^()]+)?\)(?= with penalty | \(|\s*$)/;
/** The escape sequences of a terminal's colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one.
const COLOURS = /\u001b\[[\d;]*m/g;

/**
 * Reads rows of `queue_members` (CSV, TSV or statements of a dump, with the columns membername and interface), the output of
 * `queue show`, or a CSV of agent_id and alias.
 * @param idOf the agent rule, which reads the agent's id from an interface
 * @throws UserError INVALID_ALIAS_FILE
 */
export function parseAliasFile(text: string, idOf: (name: string) => string): AliasFile {
  const kind = fileKind(text);
  if (kind !== undefined) throw invalidFile(`This is ${kind.name}, which has no aliases.`);
  const plain = text.replaceAll(COLOURS, '');
  if (QUEUE_SHOW.test(plain)) return aliasesOf(shownMembers(plain), idOf);
  const reader = tableReader(plain.trimStart().split('\n', 1)[0]!, isWanted);
  const rows = reader === undefined ? [] : [...reader.push(plain), ...reader.end()];
  if (rows.length === 0 || !rows.every(({ columns }) => isWanted('', columns))) {
    throw invalidFile('The file has neither the columns membername and interface nor agent_id and alias.');
  }
  if (hasAll(rows[0]!.columns, MEMBER_COLUMNS)) return aliasesOf(rows.map(memberOf), idOf);
  return { aliases: rows.map(aliasOf), notes: [] };
}

const hasAll = (columns: readonly string[], names: readonly string[]) => names.every(name => columns.includes(name));
const isWanted: IsWanted = (_, columns) => hasAll(columns, MEMBER_COLUMNS) || hasAll(columns, ALIAS_COLUMNS);
const cellOf = ({ columns, values }: TableRow, name: string) => values[columns.indexOf(name)]?.trim() ?? '';

const memberOf = (row: TableRow): Member => ({
  name: cellOf(row, 'membername'),
  interface: cellOf(row, 'interface'),
});

function aliasOf(row: TableRow): AgentAlias {
  const [agentId, alias] = [cellOf(row, 'agent_id'), cellOf(row, 'alias')];
  if (agentId !== '' && alias !== '') return { agentId, alias };
  throw invalidFile(`Line ${row.line} has no agent_id or no alias: a cell is empty, or a quote is not closed.`);
}

function shownMembers(text: string): Member[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [, name, shown] = SHOWN_MEMBER.exec(line) ?? [];
    return name === undefined || shown === undefined ? [] : [{ name, interface: shown }];
  });
}

/** A name with several interfaces may belong to several people («Support»), so that a person has to decide. */
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
      notes.push(`'${alias}' is skipped: it is used by ${agents}. If they are one person, set the aliases by hand.`);
    }
  }
  return { aliases, notes };
}

function invalidFile(message: string): UserError {
  return new UserError(
    'INVALID_ALIAS_FILE',
    message,
    "Use rows of Asterisk's table queue_members (CSV, TSV or .sql), the output of asterisk -rx 'queue show', or a CSV with the " +
      'header agent_id,alias.',
  );
}
