// A few words of a test to the JSON of an agent event.

export const AGENT = 'arn:aws:connect:us-east-1:012345678901:instance/i-1/agent/agent-1';
export const DAY = Date.UTC(2024, 2, 4, 9);

/** `id state since connected`, times in ms of the day's work; a missing one is null. */
export interface ContactWords {
  id: string;
  state: string;
  since?: number;
  connected?: number;
  initiation?: string;
  channel?: string;
}

export interface EventWords {
  id: string;
  /** Milliseconds from 09:00. */
  at: number;
  type?: string;
  /** Status name, and since when. */
  status?: string | null;
  statusSince?: number;
  contacts?: ContactWords[] | null;
  /** The snapshot of before; null: none. */
  before?: { status: string | null; statusSince?: number; contacts?: ContactWords[] } | null;
}

export function connectEvent(words: EventWords): string {
  const { id, at, type = 'STATE_CHANGE', before = null } = words;
  return JSON.stringify({
    AWSAccountId: '012345678901',
    AgentARN: AGENT,
    EventId: id,
    EventTimestamp: time(at),
    EventType: type,
    CurrentAgentSnapshot: snapshot(words),
    PreviousAgentSnapshot: before === null ? null : snapshot(before),
  });
}

function snapshot(words: Pick<EventWords, 'status' | 'statusSince' | 'contacts'>): object | null {
  const { status = 'Available', statusSince = 0, contacts = [] } = words;
  if (status === null && contacts === null) return null;
  return {
    AgentStatus: status === null ? null : { Name: status, Type: typeOf(status), StartTimestamp: time(statusSince) },
    Configuration: { Username: 'ann' },
    Contacts: contacts?.map(contact => ({
      ContactId: contact.id,
      Channel: contact.channel ?? 'VOICE',
      InitiationMethod: contact.initiation ?? 'INBOUND',
      State: contact.state,
      StateStartTimestamp: contact.since === undefined ? null : time(contact.since),
      ConnectedToAgentTimestamp: contact.connected === undefined ? null : time(contact.connected),
      Queue: { ARN: 'arn:aws:connect:us-east-1:012345678901:instance/i-1/queue/q-1', Name: 'Sales' },
    })),
  };
}

function typeOf(status: string): string {
  if (status === 'Available') return 'ROUTABLE';
  return status === 'Offline' ? 'OFFLINE' : 'CUSTOM';
}

const time = (ms: number) => new Date(DAY + ms).toISOString();
