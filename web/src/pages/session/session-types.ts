// The bodies of the session page's calls.
import type { paths } from '../../api/schema.d.ts';

const SESSION = '/api/v1/admin/accounts/{accountId}/loginSessions/{loginSessionId}';
type Session = typeof SESSION;
type BodyOf<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type LoginSession = BodyOf<Session>;
export type LaneKey = keyof LoginSession['lanes'];
export type SessionEvent = LoginSession['events'][number];
export type SessionValue = LoginSession['values'][number];
export type Interval = LoginSession['lanes'][LaneKey][number];
export type Why = BodyOf<`${Session}/columns/{columnKey}`>;
export type Part = Why['parts'][number];
export type Unit = Why['unit'];
export type Value = Why['value'];
