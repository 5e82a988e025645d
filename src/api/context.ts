// What all routes share: the pipeline, sign-in, the clock and the settings.
import type { Access } from '../access/access.ts';
import type { Audit } from '../access/audit/audit.ts';
import type { Authenticate } from '../access/authenticate.ts';
import type { Offhook } from '../pipeline.ts';
import type { Demo } from '../simulate/demo.ts';
import type { LiveFeeds } from '../live/live-feeds.ts';
import type { ReportViews } from '../report/views/views.ts';
import type { ReportSlots } from './report/report-slots.ts';

/** The directory of the built web application, or the reason why it is missing (`isBuilding`: it is being built). */
export type WebApplication = () => { directory: string } | { reason: string; isBuilding: boolean };

export interface ServerSettings {
  offhook: Offhook;
  /** UTC milliseconds since 1970. */
  now: () => number;
  /** Time without events after which a session without a logout counts as ended. */
  staleAfterMs: number;
  /** True: CSV cells that a spreadsheet would read as formulas are not escaped. */
  keepFormulas: boolean;
  version: string;
  /** The proxies whose `X-Forwarded-*` headers are trusted: addresses, networks (CIDR) or names such as `loopback`. */
  trustedProxies?: readonly string[];
  /** Default: opened for this server. */
  access?: Access;
  /** Without it, only the API is served. */
  web?: WebApplication;
  /** Default: opened for this server. */
  demo?: Demo;
}

export interface ApiContext extends ServerSettings {
  access: Access;
  authenticate: Authenticate;
  audit: Audit;
  slots: ReportSlots;
  views: ReportViews;
  live: LiveFeeds;
  demo: Demo;
}

/** The prefixes of RingCentral's current and legacy hosts. */
export const PREFIXES = ['/voice/api/v1', '/api/v1'] as const;
