// Reads a document, one user or an answer with many, into the facts of all its intervals.
import { type ReadFacts, rejectOf } from '../fact-reader.ts';
import { accountOf, type Fields, invalid, missing, parseObject, partText, Refusal, requiredId } from '../fields.ts';
import type { DecodeContext, RawDocument } from '../source.ts';
import { type Boundary, readInterval, TRACKS } from './boundary.ts';

type Read = ReadFacts<Boundary>[number];

/**
 * An error in one interval or user rejects only that interval or user.
 * @throws Refusal if no part of the document can be used
 */
export function readUsers({ raw, position }: RawDocument, context: DecodeContext): Read[] {
  const fields = inCamelCase(parseObject(raw), raw);
  const accountId = accountOf({}, 'account', context);
  const read: Read[] = [];
  /** What `use` throws is a reject of the part of the document that it is about. */
  const attempt = (part: () => unknown, use: () => void) => {
    try {
      use();
    } catch (refusal) {
      read.push(rejectOf(refusal, { raw: partText(part(), raw), position }, 'genesys', context));
    }
  };
  for (const user of usersOf(fields)) {
    attempt(
      () => ({ userDetails: [user] }),
      () => {
        const tracks = objectOf(user, 'An element of userDetails');
        const userId = requiredId(tracks, 'userId');
        const who = { accountId, userId, receivedAt: context.receivedAt };
        for (const track of TRACKS) {
          for (const interval of intervalsOf(tracks, track)) {
            attempt(
              () => ({ userDetails: [{ userId, [track]: [interval] }] }),
              () => {
                const found = readInterval(objectOf(interval, `An interval of ${track}`), track, who);
                for (const boundary of found) read.push(boundary);
              },
            );
          }
        }
      },
    );
  }
  return read;
}

const SNAKE_CASE = /"[a-z]+(?:_[a-z]+)+"\s*:/;

/** The Python SDK names the fields `user_details`, `start_time` and so on. */
function inCamelCase(fields: Fields, raw: string): Fields {
  return SNAKE_CASE.test(raw) ? (camelCased(fields, NAMED_LEVELS) as Fields) : fields;
}

/** Nesting levels that are read: answer, list of users, user, list of intervals, interval. */
const NAMED_LEVELS = 5;

function camelCased(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map(inner => camelCased(inner, levels - 1));
  const named = Object.entries(value).map(([name, inner]) => [
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    camelCased(inner, levels - 1),
  ]);
  return Object.fromEntries(named);
}

function usersOf(fields: Fields): readonly unknown[] {
  const { userDetails } = fields;
  if (Array.isArray(userDetails)) return userDetails;
  if (userDetails !== undefined && userDetails !== null) throw invalid('userDetails', 'is not an array of users');
  if ('userId' in fields || TRACKS.some(track => track in fields)) return [fields];
  // The answer to a query without results, such as the page after the last one.
  if (Object.keys(fields).length === 0 || 'totalHits' in fields || 'aggregations' in fields) return [];
  throw missing('userDetails');
}

function intervalsOf(user: Fields, name: string): readonly unknown[] {
  const intervals = user[name] ?? [];
  if (Array.isArray(intervals)) return intervals;
  throw invalid(name, 'is not an array of intervals');
}

function objectOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Refusal('NOT_AN_OBJECT', `${what} is not an object.`);
}
