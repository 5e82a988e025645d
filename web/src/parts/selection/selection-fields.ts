// Which days, teams, groups, agents and accounts a page is about: fields of its address, and criteria of the API.
import { dayIn, firstWeekday } from '../../format/days.ts';
import { type UrlField, urlChoice, urlText, urlTexts } from '../address/url-state.ts';
import { type DayRange, daysOf, PAY_PERIODS, type PayPeriod, PRESETS, type Preset } from './ranges.ts';

export const SELECTION_FIELDS = {
  range: urlChoice<Preset>(Object.keys(PRESETS) as Preset[], 'last-7-days'),
  from: urlText(),
  to: urlText(),
  payStart: urlText(),
  payPeriod: urlChoice<PayPeriod>(Object.keys(PAY_PERIODS) as PayPeriod[], '14'),
  /** Empty: the account's zone. */
  zone: urlText(),
  team: urlTexts(),
  group: urlTexts(),
  agent: urlTexts(),
  /** Accounts in addition to the chosen one. */
  with: urlTexts(),
};

/** What the fields of an address hold. */
export type StateOf<Fields> = { [K in keyof Fields]: Fields[K] extends UrlField<infer T> ? T : never };

export type SelectionState = StateOf<typeof SELECTION_FIELDS>;
export type ChangeSelection = (changes: Partial<SelectionState>, isStep?: boolean) => void;

/** The part of a report's criteria that says which sessions it is about. */
export type SelectionCriteria = ReturnType<typeof selectionCriteria>;

export function selectionCriteria(
  state: SelectionState,
  account: { accountId: string; timezone: string },
  nowMs: number,
) {
  const timezoneName = state.zone || account.timezone;
  const { from, to } = daysOf(state, dayIn(timezoneName, nowMs), firstWeekday());
  return {
    startTimestamp: `${from} 00:00:00`,
    endTimestamp: `${to} 23:59:59`,
    timezoneName,
    agentIds: [...state.agent],
    agentGroupIds: [...state.group],
    agentTeams: [...state.team],
    accountIds: state.with.length > 0 ? [account.accountId, ...state.with] : [],
  };
}

/** First and last day of the criteria, YYYY-MM-DD. */
export const daysIn = ({ startTimestamp, endTimestamp }: SelectionCriteria): DayRange => ({
  from: startTimestamp.slice(0, 10),
  to: endTimestamp.slice(0, 10),
});
