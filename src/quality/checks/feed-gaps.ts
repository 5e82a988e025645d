// Check: hours in which a feed should have sent events and sent none.
import { sqlText } from '../../engine/sql-file.ts';
import { LIMITS } from '../../limits.ts';
import type { Check } from './check.ts';
import { findRows, foundSql } from './found.ts';

const SQL = foundSql(sqlText(new URL('./feed-gaps.sql', import.meta.url)));

/** Events that a feed sends in a usual hour at least, so that an hour without any is no chance. */
const BUSY_EVENTS = 10;
/** Agents who work at the same time and of whom nothing comes: one may be idle for an hour. */
const WORKING_AGENTS = 2;

export const feedGaps: Check = {
  key: 'FEED_GAPS',
  title: 'Gaps in the feed',
  meaning:
    `Whole hours without any event of a feed that sent at least ${BUSY_EVENTS} in the same hour of the same weekday in three of ` +
    'the four weeks before, and that began while at least two agents were working: agents whose session went on after the gap, or ' +
    'who were active in the hour before it and were not seen to log out. Nights, days off and new feeds are therefore not judged.',
  remedy:
    'Check the connection of the feed, and send what it missed: most telephony systems keep their events, which ' +
    "'./offhook import' takes as often as you like without counting any twice.",
  isOfAllGroups: true,
  find: (engine, asked) =>
    findRows(engine, SQL, asked, {
      busy_events: BUSY_EVENTS,
      working_agents: WORKING_AGENTS,
      late_ms: LIMITS.liveDelayMs,
    }),
};
