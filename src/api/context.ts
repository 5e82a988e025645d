// What every route is given: the pipeline, who acts, the clock and the settings.
import type { Authenticate } from '../access/authenticate.ts';
import type { Offhook } from '../pipeline.ts';

export interface ApiContext {
  offhook: Offhook;
  authenticate: Authenticate & { forget: () => void };
  /** UTC milliseconds since 1970. */
  now: () => number;
  /** Silence after which a session without logout has ended. */
  staleAfterMs: number;
  /** True: CSV cells that a spreadsheet would run as formulas stay as they are. */
  keepFormulas: boolean;
  version: string;
}

/** Both prefixes of RingCentral's hosts: legacy ones have no `/voice`. */
export const PREFIXES = ['/api/v1', '/voice/api/v1'] as const;
