// What every route is given: the pipeline, who acts, the clock and the settings.
import type { Access } from '../access/access.ts';
import type { Audit } from '../access/audit/audit.ts';
import type { Authenticate } from '../access/authenticate.ts';
import type { Offhook } from '../pipeline.ts';
import type { Demo } from '../simulate/demo.ts';
import type { LiveFeeds } from '../live/live-feeds.ts';
import type { ReportViews } from '../report/views/views.ts';
import type { ReportSlots } from './report/report-slots.ts';

/** Where the built web application is, or a sentence on why it is not there (`isComing`: not yet). */
export type WebApplication = () => { directory: string } | { why: string; isComing: boolean };

export interface ServerSettings {
  offhook: Offhook;
  /** UTC milliseconds since 1970. */
  now: () => number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
  /** True: CSV cells that a spreadsheet would run as formulas stay as they are. */
  keepFormulas: boolean;
  version: string;
  /** Addresses, networks (CIDR) or their names, such as `loopback`: only these proxies say who their clients are. Absent: none. */
  trustedProxies?: readonly string[];
  /** Absent: opened for this app alone. */
  access?: Access;
  /** Absent: only the API is served. */
  web?: WebApplication;
  /** Absent: one of the server's own. */
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

/** Both prefixes of RingCentral's hosts: legacy ones have no `/voice`. */
export const PREFIXES = ['/voice/api/v1', '/api/v1'] as const;
