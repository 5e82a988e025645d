// Parses RingCX's default form, `event_type=LOGIN&agent_id=…` in the URI or the body, into fields.
import type { Fields } from '../fields.ts';
import type { RawDocument } from '../source.ts';
import { percentDecoded } from '../text/text-encoding.ts';

/** A name and an equals sign are enough, so that the reject of a form without event type names the missing field. */
const FIRST_FIELD = /^\s*[?&]*[\w.%-]+=/;

/** The document of a query string or form body. */
export function urlEncodedDocument(query: string): RawDocument {
  return { raw: query, position: 1 };
}

export function isUrlEncoded(raw: string): boolean {
  return FIRST_FIELD.test(raw);
}

/** The fields; if a name occurs twice, the last value counts. Broken percent-encoding is kept as it is. */
export function parseUrlEncoded(raw: string): Fields {
  const fields: Record<string, string> = Object.create(null);
  for (const pair of raw.trim().replace(/^\?/, '').split('&')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    const name = decoded(pair.slice(0, equals));
    fields[name] = fieldValue(name, pair.slice(equals + 1));
  }
  return fields;
}

/** User names are email addresses, often sent with an unescaped plus sign, so a plus is never a space in them. */
function fieldValue(name: string, value: string): string {
  return name === 'username' ? percentDecoded(value) : decoded(value);
}

function decoded(value: string): string {
  return percentDecoded(value.replaceAll('+', ' '));
}
