// The body of a Firehose delivery, or of a read from Kinesis, to the events in it; and the answer that Firehose expects.
import { type Fields, parseObject, partText } from '../fields.ts';
import type { RawDocument } from '../source.ts';
import { splitText } from '../split/split.ts';
import { textOf } from '../text/text-encoding.ts';
import { eventSplitter } from './split-events.ts';

/** Names the delivery, the same in each of its attempts. */
export const REQUEST_ID_HEADER = 'x-amz-firehose-request-id';

/** Longest message that Firehose takes. */
const MAX_MESSAGE_LENGTH = 8192;

interface Delivery {
  requestId: string;
  /** In the order of the records; `position` is the record, from 1. */
  documents: RawDocument[];
}

/** The body of an answer. Only status 200 takes the records from Firehose; after 413 it drops them, after any other it retries. */
export interface DeliveryAnswer {
  requestId: string;
  /** UTC, milliseconds since 1970. */
  timestamp: number;
  errorMessage?: string;
}

/**
 * Reads `{"requestId": "…", "timestamp": 1578090901599, "records": [{"data": "<Base64>"}]}`.
 * @throws Refusal if the body is no JSON object; a body without records gives no documents
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
 * The events in a list of records: of a delivery (`records[].data`), of the Kinesis command `get-records`
 * (`Records[].Data`) or of what Kinesis hands to a function (`Records[].kinesis.data`). Undefined if there is no such list.
 */
export function recordDocuments(fields: Fields): RawDocument[] | undefined {
  const records = fields.records ?? fields.Records;
  if (!Array.isArray(records)) return undefined;
  return records.flatMap((record: unknown, index) =>
    splitText(recordText(record), eventSplitter()).map(({ raw }) => ({ raw, position: index + 1 })),
  );
}

/** A record that holds no data is shown as it is, for the reader to refuse. */
function recordText(record: unknown): string {
  const { data, Data, kinesis } = fieldsOf(record);
  const encoded = data ?? Data ?? fieldsOf(kinesis).data;
  return typeof encoded === 'string'
    ? textOf(Buffer.from(encoded, 'base64')).text
    : partText(record, 'A record without data that is nested too deep.');
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
