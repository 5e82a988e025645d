// Where each text and instant of a session's row comes from: an event or a directory entry.
import { entryPart, eventPart, type Part } from '../../sessions/explain/parts.ts';
import type { SessionEvent, SessionFacts } from '../../sessions/explain/session-facts.ts';
import { byBytes } from '../../sessions/explain/visits.ts';
import { entryAt, type StoredEntry } from '../../directory/agents/agent-entries.ts';
import { NO_TEAM } from '../columns/columns.ts';

type EventText = 'agentId' | 'username' | 'phone' | 'dialGroupName' | 'externalAgentId' | 'loginSessionId';
type EntryText = 'first_name' | 'last_name' | 'username' | 'team' | 'external_agent_id' | 'dial_group_name';

interface TextSource {
  /** Among several events the greatest text counts, whatever their order of arrival. */
  event?: EventText;
  /** Login events take precedence. */
  isLoginFirst?: boolean;
  /** The directory's field, if no event has a text. */
  entry?: EntryText;
  otherwise?: string;
}

/** By column key. */
const TEXTS: Readonly<Record<string, TextSource>> = {
  agentId: { event: 'agentId' },
  lastName: { entry: 'last_name' },
  firstName: { entry: 'first_name' },
  username: { event: 'username', isLoginFirst: true, entry: 'username' },
  phone: { event: 'phone', isLoginFirst: true },
  dialGroup: { event: 'dialGroupName', isLoginFirst: true, entry: 'dial_group_name' },
  externalAgentId: { event: 'externalAgentId', entry: 'external_agent_id' },
  team: { entry: 'team', otherwise: NO_TEAM },
  loginSessionId: { event: 'loginSessionId' },
};

/**
 * @param history the agent's directory entries by time
 * @returns undefined if the column is not one of these texts
 */
export function textParts(key: string, session: SessionFacts, history: readonly StoredEntry[]): Part[] | undefined {
  const source = TEXTS[key];
  if (source === undefined) return undefined;
  const event = source.event === undefined ? undefined : eventWith(session.events, source.event, source.isLoginFirst);
  if (event !== undefined) return [eventPart(event, { amount: null, text: event[source.event!] })];
  const entry = source.entry === undefined ? undefined : entryAt(history, session.loginMs);
  const text = (source.entry && entry?.[source.entry]) || '';
  if (entry !== undefined && text !== '') return [entryPart(entry.validFromMs, text, noteOf(entry, history, session))];
  return [entryPart(null, source.otherwise ?? '', nothingNote(source, entry))];
}

function eventWith(events: readonly SessionEvent[], field: EventText, isLoginFirst = false): SessionEvent | undefined {
  const greatest = (own: readonly SessionEvent[]) =>
    own
      .filter(event => event[field] !== '')
      .reduce<SessionEvent | undefined>(
        (most, event) => (most === undefined || byBytes(event[field], most[field]) > 0 ? event : most),
        undefined,
      );
  const atLogin = isLoginFirst ? greatest(events.filter(({ kind }) => kind === 'LOGIN')) : undefined;
  return atLogin ?? greatest(events);
}

function noteOf(entry: StoredEntry, history: readonly StoredEntry[], { loginMs }: SessionFacts): string {
  const isBefore = entry === history[0] && entry.validFromMs > loginMs;
  return isBefore
    ? 'The agent’s first directory entry; it also holds for all time before it.'
    : 'The directory entry in force at the login.';
}

function nothingNote({ event, entry }: TextSource, found: StoredEntry | undefined): string {
  if (entry === undefined) return 'No event of the session has it.';
  if (event !== undefined) return 'Neither the session’s events nor the agent directory have it.';
  return found ? 'The agent’s directory entry has none.' : 'The agent is not in the directory.';
}

/** Login, logout, end reason and origin. */
export function boundParts(key: string, session: SessionFacts): Part[] | undefined {
  const { beganBy, endedBy, nextLogin, endReason } = session;
  const ended = (text: string, note: string) =>
    endedBy === undefined ? [entryPart(null, text, note)] : [eventPart(endedBy, { amount: null, text, note })];
  switch (key) {
    case 'loginDts':
      return [
        eventPart(beganBy, {
          amount: null,
          note: beganBy.kind === 'LOGIN' ? 'The login.' : 'No login was recorded; this is the session’s first event.',
        }),
      ];
    case 'logoutDts':
      return ended('', END_NOTES[endReason]);
    case 'endReason':
      return [
        ...ended(endReason, END_NOTES[endReason]),
        ...(nextLogin !== undefined && endReason === 'SUPERSEDED'
          ? [entryPart(nextLogin.loginMs, '', `The agent’s next login, session ${nextLogin.loginSessionId}.`)]
          : []),
      ];
    case 'origin':
      return [entryPart(null, 'computed', 'Computed from the session’s events.')];
    default:
      return undefined;
  }
}

/** The meaning of each end reason. */
export const END_NOTES: Readonly<Record<SessionFacts['endReason'], string>> = {
  NORMAL: 'The agent logged out.',
  SUPERSEDED: 'No logout was recorded. The agent logged in again, so the session ends at its last event.',
  STALE: 'No logout was recorded and no events arrived for too long, so the session ends at its last event.',
  OPEN: 'The agent is still logged in: times count up to now.',
};
