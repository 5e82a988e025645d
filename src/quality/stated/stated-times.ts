// The contract of checks of the durations that a feed states.
import type { Check } from '../checks/check.ts';

/** The check for one feed. */
export interface StatedTimes {
  source: string;
  /** Finds disagreements beyond the feed's precision; kinds begin with the feed's name. */
  find: Check['find'];
}
