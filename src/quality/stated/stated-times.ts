// The contract of a feed that states how long things took.
import type { Check } from '../checks/check.ts';

/** What one feed states. Feeds that state nothing have none. */
export interface StatedTimes {
  source: string;
  /** What disagrees by more than the feed's precision; the kind begins with the feed's name. */
  find: Check['find'];
}
