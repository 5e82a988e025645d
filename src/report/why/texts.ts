// The texts and instants of a session's row into the event or directory entry that each was taken from.
import { entryPart, eventPart, type Part } from '../../sessions/explain/parts.ts';
import type { SessionEvent, SessionFacts } from '../../sessions/explain/session-facts.ts';
import { byBytes } from '../../sessions/explain/visits.ts';
import { entryAt, type StoredEntry } from '../../directory/agents/agent-entries.ts';
import { NO_TEAM } from '../columns/columns.ts';

type EventText = 'agentId' | 'username' | 'phone' | 'dialGroupName' | 'externalAgentId' | 'loginSessionId';
type EntryText = 'first_name' | 'last_name' | 'username' | 'team' | 'external_agent_id' | 'dial_group_name';

interface TextSource {
  /** Of several events the greatest text counts, so that no order of arrival changes it. */
  event?: EventText;
  /** Events of the login say it first. */
  isLoginFirst?: boolean;
  /** What the directory says where no event does. */
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

/** @param history the agent's directory entries by moment; undefined: the column is no text of the agent */
export function textParts(key: string, session: SessionFacts, history: readonly StoredEntry[]): Part[] | undefined {
  const source = TEXTS[key];
  if (source === undefined) return undefined;
  const said = source.event === undefined ? undefined : saying(session.events, source.event, source.isLoginFirst);
  if (said !== undefined) return [eventPart(said, { amount: null, text: said[source.event!] })];
  const entry = source.entry === undefined ? undefined : entryAt(history, session.loginMs);
  const text = (source.entry && entry?.[source.entry]) || '';
  if (entry !== undefined && text !== '') return [entryPart(entry.validFromMs, text, noteOf(entry, history, session))];
  return [entryPart(null, source.otherwise ?? '', nothingNote(source, entry))];
}

function saying(events: readonly SessionEvent[], field: EventText, isLoginFirst = false): SessionEvent | undefined {
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
    ? 'The agent’s first entry in the directory, which holds for all time before it, too.'
    : 'The entry in the agent directory that held at the login.';
}

function nothingNote({ event, entry }: TextSource, found: StoredEntry | undefined): string {
  const places = event === undefined ? 'The agent directory' : 'No event of the session';
  if (entry === undefined) return 'No event of the session says it.';
  if (event === undefined) return found ? `${places} has none for the agent.` : `${places} does not know the agent.`;
  return `${places} says it, and neither does the agent directory.`;
}

/** Login and logout, how the session ended, and where it comes from. */
export function boundParts(key: string, session: SessionFacts): Part[] | undefined {
  const { beganBy, endedBy, nextLogin, endReason } = session;
  const ended = (text: string, note: string) =>
    endedBy === undefined ? [entryPart(null, text, note)] : [eventPart(endedBy, { amount: null, text, note })];
  switch (key) {
    case 'loginDts':
      return [
        eventPart(beganBy, {
          amount: null,
          note: beganBy.kind === 'LOGIN' ? 'The login.' : 'No login is recorded: the first event of the session.',
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

/** What each end reason means, for a person. */
export const END_NOTES: Readonly<Record<SessionFacts['endReason'], string>> = {
  NORMAL: 'The agent logged out.',
  SUPERSEDED:
    'No logout was recorded. The agent logged in again, so the session ends at the last event that came from it.',
  STALE: 'No logout was recorded and nothing came for too long, so the session ends at its last event.',
  OPEN: 'The agent is still logged in: times count up to now.',
};
