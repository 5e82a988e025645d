// A row of the table queue_log, by the names that Asterisk, FreePBX and QueueMetrics give its columns, to a line of the log.
import type { IsWanted, TableRow } from '../tables/table-rows.ts';

/** The columns of each field of a line; the first one that a table has counts. */
const NAMES = {
  time: ['time', 'time_id', 'datetime', 'timestamp', 'eventtime', 'eventdate'],
  call: ['callid', 'call_id', 'uniqueid'],
  queue: ['queuename', 'queue', 'queue_name'],
  agent: ['agent', 'agentname', 'agent_name'],
  verb: ['event', 'verb', 'action'],
} as const;
const FIELDS = Object.values(NAMES);
/** Asterisk cuts the data of an event at their bars, or writes them as one. */
const DATA = ['data1', 'data2', 'data3', 'data4', 'data5'];
const WHOLE_DATA = 'data';

const NAMED = ['id', 'time', 'callid', 'queuename', 'agent', 'event'];
/** The columns of the tables in Asterisk's documentation, for rows whose columns nothing names. */
const BY_WIDTH = new Map(
  [
    [...NAMED, ...DATA],
    [...NAMED, WHOLE_DATA, ...DATA],
  ].map(names => [names.length, names]),
);
const TABLE = /queue_?log/;

/** Whether a table is a queue_log, whatever its name; one whose columns are not known, by its name. */
export const isQueueLog: IsWanted = (table, columns) => {
  if (columns.length === 0) return TABLE.test(table);
  return FIELDS.every(names => names.some(name => columns.includes(name)));
};

/** Whether a table without a header begins so. */
export function isNakedRow(values: readonly string[]): boolean {
  return BY_WIDTH.has(values.length) && /^\d+$/.test(values[0]!) && /^\d{4}-\d\d-\d\d /.test(values[1]!);
}

/** Makes lines of rows, the time as the table has it. */
export function lineMaker(): (row: TableRow) => string {
  let known: readonly string[] | undefined;
  let places: Places;
  return ({ columns, values }) => {
    if (columns.length === 0) {
      const names = BY_WIDTH.get(values.length);
      return names === undefined ? values.join('|') : lineOf(values, placesIn(names));
    }
    if (columns !== known) places = placesIn(columns);
    known = columns;
    return lineOf(values, places);
  };
}

/** A JSON object of a row. */
export function lineOfObject(names: readonly string[], cellOf: (name: string) => string): string | undefined {
  const columns = names.map(name => name.toLowerCase());
  return isQueueLog('', columns) ? lineOf(names.map(cellOf), placesIn(columns)) : undefined;
}

/** Where the fields of a line are in a row; -1: nowhere. */
interface Places {
  fields: number[];
  data: number[];
  wholeData: number;
}

function placesIn(columns: readonly string[]): Places {
  return {
    fields: FIELDS.map(names => columns.indexOf(names.find(name => columns.includes(name)) ?? '')),
    data: DATA.map(name => columns.indexOf(name)),
    wholeData: columns.indexOf(WHOLE_DATA),
  };
}

function lineOf(values: readonly string[], { fields, data, wholeData }: Places): string {
  const told = data.map(place => values[place] ?? '');
  const whole = values[wholeData] ?? '';
  while (told.length > 0 && told.at(-1) === '') told.pop();
  if (told.length === 0 && whole !== '') told.push(whole);
  return [...fields.map(place => values[place] ?? ''), ...told].join('|');
}
