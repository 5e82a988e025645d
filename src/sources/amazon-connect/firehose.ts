// Reads the events in a Firehose delivery or a Kinesis read, and builds the answer that Firehose expects.
import { type Fields, parseObject, partText } from '../fields.ts';
import type { RawDocument } from '../source.ts';
import { splitText } from '../split/split.ts';
import { textOf } from '../text/text-encoding.ts';
import { eventSplitter } from './split-events.ts';

/** Identifies the delivery; the same in each attempt to deliver it. */
export const REQUEST_ID_HEADER = 'x-amz-firehose-request-id';

/** Longest error message that Firehose accepts. */
const MAX_MESSAGE_LENGTH = 8192;

interface Delivery {
  requestId: string;
  /** In the order of the records; `position` is the record, from 1. */
  documents: RawDocument[];
}

/** The body of an answer. Firehose is done after status 200, drops the records after 413 and retries after any other. */
export interface DeliveryAnswer {
  requestId: string;
  /** UTC, milliseconds since 1970. */
  timestamp: number;
  errorMessage?: string;
}

/**
 * Reads `{"requestId": "…", "timestamp": 1578090901599, "records": [{"data": "<Base64>"}]}`.
 * @throws Refusal if the body is not a JSON object; a body without records gives no documents
 */
export function readDelivery(body: string): Delivery {
  const fields = parseObject(body);
  const { requestId } = fields;
  return {
    requestId: typeof requestId === 'string' ? requestId : '',
    documents: recordDocuments(fields) ?? [],
  };
}

export function deliveryAnswer(requestId: string, nowMs: number, errorMessage = ''): DeliveryAnswer {
  if (errorMessage === '') return { requestId, timestamp: nowMs };
  const message = errorMessage.slice(0, MAX_MESSAGE_LENGTH).toWellFormed();
  return { requestId, timestamp: nowMs, errorMessage: message };
}

/**
 * The events in a list of records: from a delivery (`records[].data`), the Kinesis command `get-records` (`Records[].Data`) or
 * the event that Kinesis passes to a function (`Records[].kinesis.data`). Undefined if there is no such list.
 */
export function recordDocuments(fields: Fields): RawDocument[] | undefined {
  const records = fields.records ?? fields.Records;
  if (!Array.isArray(records)) return undefined;
  return records.flatMap((record: unknown, index) =>
    splitText(recordText(record), eventSplitter()).map(({ raw }) => ({ raw, position: index + 1 })),
  );
}

/** A record without data is returned as JSON, for the reader to reject. */
function recordText(record: unknown): string {
  const { data, Data, kinesis } = fieldsOf(record);
  const encoded = data ?? Data ?? fieldsOf(kinesis).data;
  return typeof encoded === 'string'
    ? textOf(Buffer.from(encoded, 'base64')).text
    : partText(record, 'A record without data that is nested too deeply.');
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
