// An event's text, header lines or a JSON object, to its fields.
import { type Fields, parseObject } from '../fields.ts';
import { percentDecoded } from '../text-encoding.ts';

/** @throws Refusal INVALID_JSON, NOT_AN_OBJECT */
export function parseEvent(raw: string): Fields {
  return raw.startsWith('{') ? parseObject(raw) : parseHeaders(raw);
}

/** The headers that are of use; the rest, such as hundreds of channel variables, is not even decoded. */
const READ = /^(?:CC-|Event-(?:Name|Subclass|Date-Timestamp)$)/;

/** The first value of each header up to the blank line. A plain socket writes values URL-encoded, JSON as they are. */
function parseHeaders(raw: string): Fields {
  const fields: Record<string, string> = Object.create(null);
  let start = 0;
  while (start < raw.length) {
    const end = lineEnd(raw, start);
    const colon = raw.indexOf(':', start);
    if (colon > start && colon < end) {
      const name = raw.slice(start, colon).trim();
      if (READ.test(name) && !(name in fields))
        fields[name] = percentDecoded(raw.slice(colon + 1, end).trim());
    } else if (raw.slice(start, end).trim() === '') break;
    start = end + 1;
  }
  return fields;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** The event's text with a header more; the value must not need an encoding. */
export function withHeader(raw: string, name: string, value: string): string {
  if (!raw.startsWith('{')) return `${name}: ${value}\n${raw}`;
  return `${raw.slice(0, raw.lastIndexOf('}'))},"${name}":"${value}"}`;
}
