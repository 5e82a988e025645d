// Live events of a feed into durable rows: acknowledged only when stored, as events or as rejects.
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
    description: 'Inputs that are stored durably, those among them that were known before included.',
  }),
  rejected: Type.Integer({ description: 'Inputs that could not be used. They are kept whole.' }),
  reasons: Type.Optional(
    Type.Record(Type.String(), Type.Integer(), { description: 'How many were rejected for which reason.' }),
  ),
  first: Type.Optional(
    Type.Array(
      Type.Object({
        reason: Type.String(),
        detail: Type.String({ description: 'What is wrong, and what was expected.' }),
        position: Type.Integer({ description: 'The line of the body in which the input begins, from 1.' }),
      }),
      { description: 'The first of those that were rejected.', maxItems: LIMITS.rejectsTold },
    ),
  ),
});

const described = <More extends object>(more: More) => ({
  tags: ['Events'],
  summary: 'Send events',
  description:
    'JSON (one object, a list, or one a line), a form, or the fields of one event in the address. The answer comes when everything ' +
    'is stored durably: what can be used as events, the rest as rejects that are kept whole. Sending the same events again ' +
    'changes nothing. A body may be compressed (Content-Encoding: gzip, deflate, br or zstd), as for every call.',
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
          'The account of documents that name none, such as lines of Asterisk’s log; by itself the only one that the sender may write to.',
        maxLength: MAX_ID_LENGTH,
        examples: ['15300002'],
      }),
    ),
  }),
  body: Type.Unknown({ examples: [EXAMPLE] }),
});
const GET = described({ summary: 'Send one event in the address (RingCX’s default)' });

export async function ingestRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  app.addHook('onRequest', echoValidation);
  app.addHook('onRequest', signedInToSend(context));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    bodyText(body),
  );

  const ingest = async (request: FastifyRequest, sourceName: string, named?: string) => {
    const feed = feedNamed(sourceName);
    const { allowed, accountId } = ingestDefault(request.principal);
    // Also a reject is written to the account that is named.
    if (!allowed || (named && !mayIngest(request.principal, named))) throw accessDenied();
    const decoding = await offhook.decodeContext({
      accountId: named || accountId,
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
 * Bytes that are not text hold no event of any feed: they are refused whole, not kept as a reject for each line.
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

/** A delivery of Amazon's Firehose. @throws UserError INVALID_JSON */
function deliveryOf(body: unknown) {
  try {
    return readDelivery(typeof body === 'string' ? body : '');
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    throw new UserError('INVALID_JSON', `The delivery is not JSON: ${refusal.detail}`, 'Send a Firehose delivery.');
  }
}

/**
 * When a subscription of RingCX is set up, it asks for its token back, without credentials and without an event. Anything that
 * carries a body needs credentials.
 */
async function echoValidation({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const token = headers['validation-token'];
  if (typeof token !== 'string') return undefined;
  reply.header('Validation-Token', token);
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  return isEmpty && headers.authorization === undefined ? reply.send({ stored: 0, rejected: 0 }) : undefined;
}

/** RingCX sends JSON bodies, forms, or all fields in the URI (its default); what others send is never a form, whatever it says. */
function documentsOf(request: FastifyRequest, feed: Feed): RawDocument[] {
  const body = typeof request.body === 'string' ? request.body.trim() : '';
  const query = request.url.split('?')[1] ?? '';
  if (body === '') return hasFields(query) ? [urlEncodedDocument(query)] : [];
  const type = request.headers['content-type'] ?? '';
  const isForm = feed === ringcx && type.startsWith('application/x-www-form-urlencoded');
  return isForm && !/^[[{]/.test(body) ? [urlEncodedDocument(body)] : splitText(body, feed.splitter());
}

/** Whether an address says more than the account of what the body holds. */
const hasFields = (query: string) => query.split('&').some(pair => pair !== '' && !pair.startsWith('accountId='));
