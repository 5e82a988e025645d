// Check: hours in which a feed should have sent events but sent none.
import { sqlText } from '../../engine/sql-file.ts';
import { LIMITS } from '../../limits.ts';
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

const SQL = foundSql(sqlText(new URL('./feed-gaps.sql', import.meta.url)));

/** A usual hour has at least so many events, so that an hour without any is not chance. */
const BUSY_EVENTS = 10;
/** At least so many agents were working: a single one may be idle for an hour. */
const WORKING_AGENTS = 2;

export const feedGaps: Check = {
  key: 'FEED_GAPS',
  title: 'Gaps in the feed',
  meaning:
    `Whole hours without any event of a feed that sent at least ${BUSY_EVENTS} in the same hour of the same weekday in three of ` +
    'the four weeks before, and that began while at least two agents were working: agents whose session continued after the gap, or ' +
    'who were active in the hour before it and did not log out. So nights, days off and new feeds are not checked.',
  remedy:
    'Check the connection of the feed, and import what is missing: most telephony systems keep their events, and ' +
    "'./offhook import' never counts an event twice, so you can import more than the gap.",
  isOfAllGroups: true,
  find: (engine, asked) =>
    findRows(engine, SQL, asked, {
      busy_events: BUSY_EVENTS,
      working_agents: WORKING_AGENTS,
      late_ms: LIMITS.liveDelayMs,
    }),
};
