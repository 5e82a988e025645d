// The feed `ringcx`: RingCX agent and call events (the WFM «Generic HTTP» feed), as JSON or URL-encoded.
import { accountOf, decoderOf, type Fields, parseObject, requiredId } from '../fields.ts';
import type { Source } from '../source.ts';
import { jsonSplitter } from '../split/split-json.ts';
import { localClock } from '../text/local-time.ts';
import { callEnd, isCallEnd } from './call-end.ts';
import { plainLines } from './plain-lines.ts';
import { sessionEvent } from './session-event.ts';
import { isUrlEncoded, parseUrlEncoded } from './urlencoded.ts';

export const ringcx: Source = {
  name: 'ringcx',
  splitter: jsonSplitter,
  decoder(context) {
    const clock = localClock(context);
    const read = (fields: Fields, raw: string) => {
      const accountId = accountOf(fields, 'account_id', context);
      const eventType = requiredId(fields, 'event_type');
      const input = { fields, raw, accountId, eventType, context, clock };
      return isCallEnd(eventType) ? callEnd(input) : sessionEvent(input);
    };
    return decoderOf({ source: 'ringcx', accountField: 'account_id', parse, read }, context);
  },
  plainLines,
};

function parse(raw: string): Fields {
  return isUrlEncoded(raw) ? parseUrlEncoded(raw) : parseObject(raw);
}
