// Live events of a feed into durable rows: acknowledged only when stored, as events or as rejects.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayIngest } from '../../access/principal.ts';
import { LIMITS } from '../../limits.ts';
import { sourceNamed } from '../../sources/registry.ts';
import type { RawDocument } from '../../sources/source.ts';
import { urlEncodedDocument } from '../../sources/ringcx/urlencoded.ts';
import { splitJsonText } from '../../sources/split-json.ts';
import type { ApiContext } from '../context.ts';
import { accessDenied } from '../errors.ts';

type IngestRequest = FastifyRequest<{ Params: { source: string } }>;

export async function ingestRoutes(app: FastifyInstance, context: ApiContext): Promise<void> {
  const { offhook, authenticate, now } = context;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const ingest = async (request: IngestRequest) => {
    const source = sourceNamed(request.params.source);
    const principal = await authenticate(request.headers);
    if (!mayIngest(principal)) throw accessDenied();
    const accountId = principal.accountIds.length === 1 ? (principal.accountIds[0] as string) : '';
    const decoding = await offhook.decodeContext({ accountId, receivedAt: now(), live: true });
    return offhook.ingest(source, documentsOf(request), decoding);
  };
  const options = { bodyLimit: LIMITS.ingestBodyBytes };
  app.post('/ingest/v1/:source', options, request => ingest(request as IngestRequest));
  app.get('/ingest/v1/:source', request => ingest(request as IngestRequest));
}

/** RingCX sends JSON bodies, forms, or all fields in the URI (its default). */
function documentsOf(request: FastifyRequest): RawDocument[] {
  const body = typeof request.body === 'string' ? request.body.trim() : '';
  const query = request.url.split('?')[1] ?? '';
  if (body === '') return query === '' ? [] : [urlEncodedDocument(query)];
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return isForm && !/^[[{]/.test(body) ? [urlEncodedDocument(body)] : splitJsonText(body);
}
