// Reads the times of an export, as reports, spreadsheets and databases write them, as wall-clock times.
import { readWallTime } from '../../time/wall-time.ts';
import { quote, type Refusal } from '../fields.ts';
import { invalidTime } from './cells.ts';
import { invalidExport } from './export.ts';

export interface ExportTime {
  /** The wall-clock time as milliseconds since 1970, as if it were UTC. */
  wallMs: number;
  /** Offset from UTC in milliseconds, east positive; null if the text has none. */
  offsetMs: number | null;
  /** Whether the text is in RingCentral's form, to the minute. */
  isPrinted: boolean;
}

/** Reads a time of one file; undefined for an empty cell. `line` is the line of the row. */
export type FileTimes = (name: string, cell: string, line: number) => ExportTime | undefined;

/** A date of three numbers, a time of 12 or 24 hours, and optionally an offset. Spaces may be of any kind, as ICU's are. */
const TIME = new RegExp(
  [
    String.raw`^(?<first>\d{1,4})(?<separator>[-./])(?<second>\d{1,2})\k<separator>(?<third>\d{1,4})`,
    String.raw`(?:,?\s+|T)(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<seconds>\d\d)(?:[.,](?<fraction>\d+))?)?`,
    String.raw`(?:\s*(?<half>[AP])\.?M\.?)?\s*(?:UTC|(?<offset>Z|[+-]\d\d(?::?\d\d)?))?$`,
  ].join(''),
  'i',
);
/** The form that RingCentral prints, also with years of four digits or a lower-case am or pm. */
const PRINTED = /^\d{1,2}\/\d{1,2}\/(?:\d{2}|\d{4}) \d{1,2}:\d\d ?[AP]M$/i;
const EXPECTED = 'M/d/yy h:mm AM or YYYY-MM-DD HH:MM:SS';

/**
 * Reads dates with the year first (2021-05-02), with slashes and the month first (5/2/21, as RingCentral prints), or with dots and
 * the day first (2.5.2021). A file with slashes that proves to be day first is refused, since its other dates are ambiguous. If
 * dates with slashes lack the AM or PM of a report, a note says how they are read.
 */
export function fileTimes(note: (text: string) => void): FileTimes {
  let dayFirst: boolean | undefined;
  let isNoted = false;
  return (name, cell, line) => {
    const text = cell.trim();
    if (text === '') return undefined;
    const parts = TIME.exec(text)?.groups;
    if (parts === undefined) throw notATime(name, cell);
    const { first, second, third, separator } = parts;
    if (first!.length === 4) return reading(name, cell, [first!, second!, third!], parts);
    if (separator === '-') throw ambiguous(name, cell);
    if (separator === '/' && Number(first) > 12 && Number(second) <= 12) throw dayFirstFile(name, cell, line);
    const isDayFirst = separator === '.';
    dayFirst ??= isDayFirst;
    if (dayFirst !== isDayFirst) throw otherOrder(name, cell, dayFirst);
    const year = third!.padStart(4, '20');
    const [month, day] = isDayFirst ? [second!, first!] : [first!, second!];
    const read = reading(name, cell, [year, month, day], parts);
    if (!isNoted && !isDayFirst && parts.half === undefined && month !== day) {
      isNoted = true;
      note(`Dates are read month first: ${text} is ${spelledDay().format(read.wallMs)}.`);
    }
    return read;
  };
}

/** Made when needed: to make it takes 15 ms of the start of a command. */
const spelledDay = () => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

function reading(
  name: string,
  cell: string,
  date: readonly [year: string, month: string, day: string],
  { hour, minute, seconds = '00', fraction, half, offset }: Readonly<Record<string, string | undefined>>,
): ExportTime {
  const isOnTheClock = half === undefined || (Number(hour) >= 1 && Number(hour) <= 12);
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  const pad = (digits: string | number) => String(digits).padStart(2, '0');
  const day = date.map(pad).join('-');
  const rest = `${fraction === undefined ? '' : `.${fraction}`}${zoneOf(cell, offset)}`;
  const read = isOnTheClock ? readWallTime(`${day} ${pad(hours)}:${minute}:${seconds}${rest}`) : undefined;
  if (read === undefined) throw notATime(name, cell);
  return { ...read, isPrinted: PRINTED.test(cell.trim()) };
}

const zoneOf = (cell: string, offset: string | undefined) => offset ?? (/UTC\s*$/i.test(cell) ? 'Z' : '');

function notATime(name: string, cell: string): Refusal {
  return invalidTime(name, `is ${quote(cell)}, expected ${EXPECTED}`);
}

function ambiguous(name: string, cell: string): Refusal {
  return invalidTime(name, `is ${quote(cell)}, which is ambiguous (month first or day first), expected ${EXPECTED}`);
}

function otherOrder(name: string, cell: string, dayFirst: boolean): Refusal {
  return invalidTime(
    name,
    `is ${quote(cell)}, but the rows above have ${dayFirst ? 'dots and the day first' : 'slashes and the month first'}`,
  );
}

function dayFirstFile(name: string, cell: string, line: number) {
  return invalidExport(
    `The dates of this file are day first: ${name} in line ${line} is ${quote(cell)}. Dates such as 5/2/2021 would be ambiguous, ` +
      'so the file is not imported.',
    'Save the file with dates as YYYY-MM-DD HH:MM:SS, or month first, and import it again. Rows that are stored already are not counted twice.',
  );
}
