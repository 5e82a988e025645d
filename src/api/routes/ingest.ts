// Live events of a feed into durable rows: acknowledged only when stored, as events or as rejects.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ingestDefault, mayIngest } from '../../access/principal.ts';
import { LIMITS } from '../../limits.ts';
import { sourceNamed } from '../../sources/registry.ts';
import { urlEncodedDocument } from '../../sources/ringcx/urlencoded.ts';
import type { RawDocument } from '../../sources/source.ts';
import { splitJsonText } from '../../sources/split-json.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied, signedIn } from '../guard.ts';
import type { SchemaTypes } from '../schema.ts';

const EXAMPLE = {
  ...{ event_type: 'LOGIN', agent_login_id: '111222333', account_id: '15300002', agent_id: '1111111' },
  ...{ username: 'john.smith@example.com', date_time: '2020-04-27 15:02:05' },
};

const described = (more: object) => ({
  tags: ['Events'],
  summary: 'Send events',
  description:
    'JSON (one object, a list, or one a line), a form, or the fields of one event in the address. The answer comes when everything ' +
    'is stored durably: what can be used as events, the rest as rejects that are kept whole. Sending the same events again ' +
    'changes nothing.',
  params: Type.Object({ source: Type.String({ description: 'The feed.', examples: ['ringcx'] }) }),
  response: { 200: Type.Object({ stored: Type.Integer(), rejected: Type.Integer() }) },
  ...more,
});
const POST = described({ body: Type.Unknown({ examples: [EXAMPLE] }) });
const GET = described({ summary: 'Send one event in the address (RingCX’s default)' });

export async function ingestRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, now } = context;
  app.addHook('onRequest', signedIn(context));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const ingest = async (request: FastifyRequest, sourceName: string) => {
    const source = sourceNamed(sourceName);
    const { allowed, accountId } = ingestDefault(request.principal);
    if (!allowed) throw accessDenied();
    const decoding = await offhook.decodeContext({
      accountId,
      isAllowed: id => mayIngest(request.principal, id),
      ...{ receivedAt: now(), live: true },
    });
    return offhook.ingest(source, documentsOf(request), decoding);
  };
  const typed = app.withTypeProvider<SchemaTypes>();
  typed.post('/ingest/v1/:source', { schema: POST, bodyLimit: LIMITS.ingestBodyBytes }, request =>
    ingest(request, request.params.source),
  );
  typed.get('/ingest/v1/:source', { schema: GET }, request => ingest(request, request.params.source));
}

/** RingCX sends JSON bodies, forms, or all fields in the URI (its default). */
function documentsOf(request: FastifyRequest): RawDocument[] {
  const body = typeof request.body === 'string' ? request.body.trim() : '';
  const query = request.url.split('?')[1] ?? '';
  if (body === '') return query === '' ? [] : [urlEncodedDocument(query)];
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return isForm && !/^[[{]/.test(body) ? [urlEncodedDocument(body)] : splitJsonText(body);
}
