// Which agents the page shows, in which order: search, filters and sort are kept in the address.
import { compareTexts } from '../../format/texts.ts';
import { urlChoice, urlFlag, urlText, urlTexts } from '../../parts/address/url-state.ts';
import { type LiveAgent, labelOf, loginMs, nameOf, pendingMs, stateMs, talkMs } from './live-agent.ts';

export const SORT_KEYS = [
  'name',
  'team',
  'group',
  'state',
  'stateTime',
  'loginTime',
  'calls',
  'rna',
  'talk',
  'offHook',
  'pending',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const LIVE_FIELDS = {
  search: urlText(),
  team: urlTexts(),
  group: urlTexts(),
  state: urlTexts(),
  sort: urlChoice<SortKey>(SORT_KEYS as readonly SortKey[], 'name'),
  order: urlChoice(['ascending', 'descending'], 'ascending'),
  wallboard: urlFlag(),
};

export interface LiveView {
  search: string;
  team: readonly string[];
  group: readonly string[];
  state: readonly string[];
  sort: SortKey;
  order: 'ascending' | 'descending';
}

export const NO_TEAM = 'No team';
export const NO_GROUP = 'No group';
export const teamOf = ({ team }: LiveAgent): string => team || NO_TEAM;
export const groupOf = ({ agentGroupName, agentGroupId }: LiveAgent): string =>
  agentGroupName || (agentGroupId === '' ? NO_GROUP : `Group ${agentGroupId}`);

/** By all filters but the state, so that the counts by state say what choosing a state would show. */
export function filtered(agents: Iterable<LiveAgent>, { search, team, group }: LiveView): LiveAgent[] {
  const searched = search.trim().toLocaleLowerCase();
  const isFound = (agent: LiveAgent) =>
    [nameOf(agent), agent.username, String(agent.agentId), labelOf(agent)].some(text =>
      text.toLocaleLowerCase().includes(searched),
    );
  return [...agents].filter(
    agent =>
      (team.length === 0 || team.includes(teamOf(agent))) &&
      (group.length === 0 || group.includes(groupOf(agent))) &&
      (searched === '' || isFound(agent)),
  );
}

/** The order of states in lists: working states first. */
const STATES = [
  'ENGAGED',
  'TRANSITION',
  'AVAILABLE',
  'WORKING',
  'MONITORING',
  'RNA',
  'ON_BREAK',
  'LUNCH',
  'TRAINING',
  'AWAY',
  'AUX_OFFHOOK',
  'AUX_NO_OFFHOOK',
  'OFFLINE',
  'UNKNOWN',
];
const rankOf = (state: string) => (STATES.indexOf(state) + STATES.length + 1) % (STATES.length + 1);

type Compare = (a: LiveAgent, b: LiveAgent) => number;
const byText =
  (text: (agent: LiveAgent) => string): Compare =>
  (a, b) =>
    compareTexts(text(a), text(b));
const byNumber =
  (number: (agent: LiveAgent) => number): Compare =>
  (a, b) =>
    number(a) - number(b);

/** Times are compared at one instant, since talk times grow only for those who talk. */
const COMPARE: Readonly<Record<SortKey, (nowMs: number) => Compare>> = {
  name: () => byText(nameOf),
  team: () => byText(teamOf),
  group: () => byText(groupOf),
  state: () => byNumber(agent => rankOf(agent.agentState)),
  stateTime: now => byNumber(agent => stateMs(agent, now)),
  loginTime: now => byNumber(agent => loginMs(agent, now)),
  calls: () => byNumber(agent => agent.callsHandled),
  rna: () => byNumber(agent => agent.rna),
  talk: now => byNumber(agent => talkMs(agent, now)),
  offHook: () => byNumber(agent => Number(agent.isOffhook)),
  pending: now => byNumber(agent => pendingMs(agent, now)),
};

export function sorted(agents: readonly LiveAgent[], { sort, order }: LiveView, nowMs: number): LiveAgent[] {
  const one = COMPARE[sort](nowMs);
  const direction = order === 'ascending' ? 1 : -1;
  const byName = byText(agent => `${nameOf(agent)} ${agent.agentLoginId}`);
  return agents.toSorted((a, b) => direction * one(a, b) || byName(a, b));
}

export interface StateCount {
  state: string;
  count: number;
  /** The agent who has been in it longest. */
  longest: LiveAgent;
}

/** The states that agents are in, in order. */
export function countsByState(agents: readonly LiveAgent[], nowMs: number): StateCount[] {
  return [...Map.groupBy(agents, ({ agentState }) => agentState)]
    .map(([state, own]) => ({
      state,
      count: own.length,
      longest: own.reduce((a, b) => (stateMs(b, nowMs) > stateMs(a, nowMs) ? b : a)),
    }))
    .toSorted((a, b) => rankOf(a.state) - rankOf(b.state));
}

/** For the wallboard: by state, the longest in it first. */
export const byStateAndTime = (agents: readonly LiveAgent[], nowMs: number): LiveAgent[] =>
  agents.toSorted((a, b) => rankOf(a.agentState) - rankOf(b.agentState) || stateMs(b, nowMs) - stateMs(a, nowMs));
