// Turns a row of the table queue_log into a log line, by the column names of Asterisk, FreePBX and QueueMetrics.
import type { IsWanted, TableRow } from '../tables/table-rows.ts';

/** Column names for each field of a line; the first one that the table has is used. */
const NAMES = {
  time: ['time', 'time_id', 'datetime', 'timestamp', 'eventtime', 'eventdate'],
  call: ['callid', 'call_id', 'uniqueid'],
  queue: ['queuename', 'queue', 'queue_name'],
  agent: ['agent', 'agentname', 'agent_name'],
  verb: ['event', 'verb', 'action'],
} as const;
const FIELDS = Object.values(NAMES);
/** Asterisk stores the data of an event in five columns, or all in one. */
const DATA = ['data1', 'data2', 'data3', 'data4', 'data5'];
const WHOLE_DATA = 'data';

const NAMED = ['id', 'time', 'callid', 'queuename', 'agent', 'event'];
/** The tables in Asterisk's documentation by their number of columns, for rows without column names. */
const BY_WIDTH = new Map(
  [
    [...NAMED, ...DATA],
    [...NAMED, WHOLE_DATA, ...DATA],
  ].map(names => [names.length, names]),
);
const TABLE = /queue_?log/;

/** Whether a table is a queue_log: by its columns, whatever its name, or by its name if the columns are unknown. */
export const isQueueLog: IsWanted = (table, columns) => {
  if (columns.length === 0) return TABLE.test(table);
  return FIELDS.every(names => names.some(name => columns.includes(name)));
};

/** Whether the first row of a text is a row of queue_log, so that the text has no header. */
export function isHeaderlessRow(values: readonly string[]): boolean {
  return BY_WIDTH.has(values.length) && /^\d+$/.test(values[0]!) && /^\d{4}-\d\d-\d\d /.test(values[1]!);
}

/** A function from row to line; the time stays as in the table. */
export function rowFormatter(): (row: TableRow) => string {
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

/** The line of a row given as a JSON object; undefined if its names are not those of a queue_log. */
export function lineOfObject(names: readonly string[], cellOf: (name: string) => string): string | undefined {
  const columns = names.map(name => name.toLowerCase());
  return isQueueLog('', columns) ? lineOf(names.map(cellOf), placesIn(columns)) : undefined;
}

/** Column indexes of the fields of a line; -1: the table has no such column. */
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
  const dataCells = data.map(index => values[index] ?? '');
  const whole = values[wholeData] ?? '';
  while (dataCells.length > 0 && dataCells.at(-1) === '') dataCells.pop();
  if (dataCells.length === 0 && whole !== '') dataCells.push(whole);
  return [...fields.map(index => values[index] ?? ''), ...dataCells].join('|');
}
