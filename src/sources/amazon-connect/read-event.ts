// Reads an agent event, or a list of Kinesis records with events, into facts or rejects.
import type { AgentFact } from '../agent-source.ts';
import { factReader, type ReadFacts } from '../fact-reader.ts';
import { type Fields, id, missing, parseObject, quote, Refusal, requiredId } from '../fields.ts';
import type { DecodeContext, RawDocument } from '../source.ts';
import { readAgentProfile } from './agent-profile.ts';
import { recordDocuments } from './firehose.ts';
import { arnTail, object, readSnapshot, readTime, type Snapshot } from './snapshot.ts';

const SOURCE = 'amazon-connect';

/** Order of the event types within one millisecond; the events of a fact count up from it. */
const ORDER_BY_TYPE = { LOGIN: 8, STATE_CHANGE: 16, HEART_BEAT: 40, LOGOUT: 48 } as const;

export interface ConnectBody {
  type: keyof typeof ORDER_BY_TYPE;
  current: Snapshot | null;
  /** The state just before the event. Only a STATE_CHANGE has it: in a HEART_BEAT it can be hours old. */
  previous: Snapshot | null;
}

export type ConnectFact = AgentFact<ConnectBody>;

/** A reader of events and of lists of Kinesis records. It reads each document by itself. */
export function eventReader(context: DecodeContext): (document: RawDocument) => ReadFacts<ConnectBody> {
  const readRecord = factReader<ConnectBody>(SOURCE, context, ({ raw }) => [factOf(parseObject(raw), raw, context)]);
  return factReader<ConnectBody>(SOURCE, context, ({ raw, position }) => {
    const fields = parseObject(raw);
    const records = recordDocuments(fields);
    if (records === undefined) return [factOf(fields, raw, context)];
    return records.flatMap(record => readRecord({ raw: record.raw, position }));
  });
}

function factOf(fields: Fields, raw: string, context: DecodeContext): ConnectFact {
  const type = eventType(fields);
  const profile = readAgentProfile(object(fields, 'CurrentAgentSnapshot')?.Configuration);
  return {
    accountId: accountOf(fields, context),
    agentId: agentIdOf(fields),
    at: eventTime(fields),
    order: ORDER_BY_TYPE[type],
    key: requiredId(fields, 'EventId'),
    body: {
      type,
      current: readSnapshot(fields, 'CurrentAgentSnapshot'),
      previous: type === 'STATE_CHANGE' ? readSnapshot(fields, 'PreviousAgentSnapshot') : null,
    },
    raw,
    source: SOURCE,
    receivedAt: context.receivedAt,
    ...(profile && { profile }),
  };
}

/** The sender's account, whatever the id of the Amazon account; that id is used if the sender has no account of its own. */
function accountOf(fields: Fields, context: DecodeContext): string {
  const accountId = context.accountId || requiredId(fields, 'AWSAccountId');
  if (context.isAllowed(accountId)) return accountId;
  throw new Refusal('WRONG_ACCOUNT', `AWSAccountId is ${quote(accountId)}, expected an account of the sender.`);
}

function agentIdOf(fields: Fields): string {
  const agentId = arnTail(id(fields, 'AgentARN'), 'agent').trim();
  if (agentId === '') throw missing('AgentARN');
  return agentId;
}

function eventType(fields: Fields): ConnectBody['type'] {
  const type = requiredId(fields, 'EventType');
  if (Object.hasOwn(ORDER_BY_TYPE, type)) return type as ConnectBody['type'];
  const expected = Object.keys(ORDER_BY_TYPE).join(', ');
  throw new Refusal('UNKNOWN_EVENT', `EventType is ${quote(type)}, expected one of ${expected}.`);
}

function eventTime(fields: Fields): number {
  const written = requiredId(fields, 'EventTimestamp');
  const at = readTime(written);
  if (at !== undefined) return at;
  const expected = 'expected a time like 2019-05-25T18:55:27.017Z';
  throw new Refusal('INVALID_TIME', `EventTimestamp is ${quote(written)}, ${expected}.`);
}
