// Receives live events of feeds. The answer comes only when they are stored durably, as events or as rejects.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ingestDefault, mayIngest } from '../../access/principal.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { deliveryAnswer, readDelivery, REQUEST_ID_HEADER } from '../../sources/amazon-connect/firehose.ts';
import { MAX_ID_LENGTH, Refusal } from '../../sources/fields.ts';
import { binaryKindOf } from '../../sources/text/file-kind.ts';
import { type Feed, feedNamed } from '../../sources/registry.ts';
import { ringcx } from '../../sources/ringcx/ringcx.ts';
import { urlEncodedDocument } from '../../sources/ringcx/urlencoded.ts';
import type { RawDocument } from '../../sources/source.ts';
import { splitText } from '../../sources/split/split.ts';
import { textOf } from '../../sources/text/text-encoding.ts';
import { rejectTally } from '../../ingest/reject-tally.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, signedInToSend } from '../guard.ts';
import { isEmpty } from '../http/every-request.ts';
import type { SchemaTypes } from '../schema/schema.ts';

const EXAMPLE = {
  event_type: 'LOGIN',
  agent_login_id: '111222333',
  account_id: '15300002',
  agent_id: '1111111',
  username: 'john.smith@example.com',
  date_time: '2020-04-27 15:02:05',
};

const Answer = Type.Object({
  stored: Type.Integer({
    description: 'Inputs that are stored durably, including those that were already stored before.',
  }),
  rejected: Type.Integer({ description: 'Inputs that could not be used. They are kept in full.' }),
  reasons: Type.Optional(
    Type.Record(Type.String(), Type.Integer(), { description: 'Number of rejected inputs by reason.' }),
  ),
  first: Type.Optional(
    Type.Array(
      Type.Object({
        reason: Type.String(),
        detail: Type.String({ description: 'What is wrong, and what was expected.' }),
        position: Type.Integer({ description: 'The line of the body in which the input starts, counted from 1.' }),
      }),
      { description: 'The first rejected inputs.', maxItems: LIMITS.listedRejects },
    ),
  ),
});

const described = <More extends object>(more: More) => ({
  tags: ['Events'],
  summary: 'Send events',
  description:
    'Accepts JSON (one object, an array, or one object per line), a form, or the fields of one event in the query string. The ' +
    'answer comes when everything is stored durably: valid inputs as events, others as rejects. Sending the same events again ' +
    'changes nothing. As in every call, the body may be compressed (Content-Encoding: gzip, deflate, br or zstd).',
  security: [{ bearer: [] }, { token: [] }, { basic: [] }],
  params: Type.Object({ source: Type.String({ description: 'The feed.', examples: ['ringcx'] }) }),
  response: { 200: Answer },
  ...more,
});
const POST = described({
  querystring: Type.Object({
    accountId: Type.Optional(
      Type.String({
        description:
          'The account of inputs that name none, such as lines of an Asterisk log. Default: the account of the sender, if they may ' +
          'write to only one.',
        maxLength: MAX_ID_LENGTH,
        examples: ['15300002'],
      }),
    ),
  }),
  body: Type.Unknown({ examples: [EXAMPLE] }),
});
const GET = described({ summary: 'Send one event in the query string (RingCX’s default)' });

export async function ingestRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  app.addHook('onRequest', echoValidation);
  app.addHook('onRequest', signedInToSend(context));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    bodyText(body),
  );

  const ingest = async (request: FastifyRequest, sourceName: string, requestedId?: string) => {
    const feed = feedNamed(sourceName);
    const { allowed, accountId } = ingestDefault(request.principal);
    // Rejects, too, are stored in the account that the request names.
    if (!allowed || (requestedId && !mayIngest(request.principal, requestedId))) throw accessDenied();
    const decoding = await offhook.decodeContext({
      accountId: requestedId || accountId,
      isAllowed: id => mayIngest(request.principal, id),
      receivedAt: now(),
      live: true,
    });
    if (request.headers[REQUEST_ID_HEADER] !== undefined) {
      const { requestId, documents } = deliveryOf(request.body);
      await offhook.ingest(feed, documents, decoding);
      return deliveryAnswer(requestId, now());
    }
    const tally = rejectTally();
    const { stored, rejected } = await offhook.ingest(feed, documentsOf(request, feed), decoding, tally);
    return { stored, rejected, ...(rejected > 0 && { reasons: tally.reasons(), first: tally.first() }) };
  };
  const typed = app.withTypeProvider<SchemaTypes>();
  typed.post('/ingest/v1/:source', { schema: POST, bodyLimit: LIMITS.ingestBodyBytes }, request =>
    ingest(request, request.params.source, request.query.accountId),
  );
  typed.get('/ingest/v1/:source', { schema: GET }, request => ingest(request, request.params.source));
}

/**
 * A body that is not text contains no events of any feed. It is refused as a whole and not kept as one reject per line.
 * @throws UserError WRONG_FILE
 */
function bodyText(body: Buffer): string {
  const kind = binaryKindOf(body);
  if (kind === undefined) return textOf(body).text;
  throw new UserError(
    'WRONG_FILE',
    `The body is ${kind.name}. Nothing was stored.`,
    kind.name === 'a gzip archive' ? 'Send it with Content-Encoding: gzip.' : kind.remedy,
  );
}

/** A delivery of Amazon Firehose. @throws UserError INVALID_JSON */
function deliveryOf(body: unknown) {
  try {
    return readDelivery(typeof body === 'string' ? body : '');
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    throw new UserError(
      'INVALID_JSON',
      `The Firehose delivery is not valid JSON: ${refusal.detail}`,
      'Send a delivery in the format of Amazon Firehose.',
    );
  }
}

/**
 * When a RingCX subscription is set up, it expects its token back, and sends neither credentials nor events. Requests with a
 * body need credentials.
 */
async function echoValidation(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { headers } = request;
  const token = headers['validation-token'];
  if (typeof token !== 'string') return undefined;
  reply.header('Validation-Token', token);
  return isEmpty(request) && headers.authorization === undefined ? reply.send({ stored: 0, rejected: 0 }) : undefined;
}

/** RingCX sends JSON bodies, forms, or all fields in the query string (its default). Other feeds never send forms. */
function documentsOf(request: FastifyRequest, feed: Feed): RawDocument[] {
  const body = typeof request.body === 'string' ? request.body.trim() : '';
  const query = request.url.split('?')[1] ?? '';
  if (body === '') return hasFields(query) ? [urlEncodedDocument(query)] : [];
  const type = request.headers['content-type'] ?? '';
  const isForm = feed === ringcx && type.startsWith('application/x-www-form-urlencoded');
  return isForm && !/^[[{]/.test(body) ? [urlEncodedDocument(body)] : splitText(body, feed.splitter());
}

/** Whether the query string has other fields than the account. */
const hasFields = (query: string) => query.split('&').some(pair => pair !== '' && !pair.startsWith('accountId='));
