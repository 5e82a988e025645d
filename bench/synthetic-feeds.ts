// Synthetic files of feeds without login sessions: agents who log in, take calls and pause, in the feed's own format.

const AGENTS = 500;
const START_S = 1_700_000_000;
/** Steps of an agent, one each 500 s: a login, calls, a pause at the end. */
const TURNS = 20;

/** A step of one of the agents, each second another one. */
interface Step {
  second: number;
  agent: number;
  turn: number;
}

function* steps(): Generator<Step> {
  for (let n = 0; ; n++) {
    yield { second: START_S + n, agent: n % AGENTS, turn: Math.floor(n / AGENTS) % TURNS };
  }
}

function* queueLog({ second, agent, turn }: Step): Generator<string> {
  const name = `SIP/${1000 + agent}`;
  const call = `${second}.1`;
  if (turn === 0) yield `${second}|NONE|support|${name}|ADDMEMBER|\n`;
  else if (turn === TURNS - 1) {
    yield `${second}|NONE|support|${name}|PAUSE|Lunch\n`;
    yield `${second}|NONE|support|${name}|UNPAUSE|\n`;
  } else {
    yield `${second}|${call}|support|${name}|CONNECT|5|${call}|3\n`;
    yield `${second}|${call}|support|${name}|COMPLETEAGENT|5|0|1\n`;
  }
}

/** As Asterisk logs it: each call first enters its queue, a line without an agent. */
function* queueLogWithCallers(step: Step): Generator<string> {
  const isCall = step.turn > 0 && step.turn < TURNS - 1;
  if (isCall) yield `${step.second}|${step.second}.1|support|NONE|ENTERQUEUE||5551234567|1\n`;
  yield* queueLog(step);
}

function* freeswitch({ second, agent, turn }: Step): Generator<string> {
  const event = (action: string, fields: object, ms = 0) =>
    `${JSON.stringify({
      'Event-Name': 'CUSTOM',
      'Event-Subclass': 'callcenter::info',
      'CC-Action': action,
      'Event-Date-Timestamp': `${second * 1_000_000 + ms * 1000}`,
      'CC-Agent': `${1000 + agent}@default`,
      'FreeSWITCH-Hostname': 'pbx1',
      'Core-UUID': '6c6def18-9562-de11-a8e0-001fc6ab49e2',
      ...fields,
    })}\n`;
  if (turn === 0) yield event('agent-status-change', { 'CC-Agent-Status': 'Available' });
  else if (turn === TURNS - 1) yield event('agent-status-change', { 'CC-Agent-Status': 'On Break' });
  else {
    const call = {
      'CC-Queue': 'support@default',
      'CC-Member-Session-UUID': `call-${second}`,
      'CC-Agent-UUID': `leg-${second}`,
    };
    yield event('agent-offering', call);
    yield event('bridge-agent-start', call, 200);
    yield event('bridge-agent-end', call, 700);
  }
}

function* amazonConnect({ second, agent, turn }: Step): Generator<string> {
  const instance = 'arn:aws:connect:us-east-1:012345678901:instance/i-1';
  const time = (ms: number) => new Date(second * 1000 + ms).toISOString();
  const isLunch = turn === TURNS - 1;
  const contact = (state: string, ms: number) => ({
    ContactId: `contact-${second}`,
    Channel: 'VOICE',
    InitiationMethod: 'INBOUND',
    State: state,
    StateStartTimestamp: time(ms),
    ConnectedToAgentTimestamp: state === 'CONNECTING' ? null : time(300),
    Queue: { ARN: `${instance}/queue/q-1`, Name: 'support' },
  });
  const event = (ms: number, contacts: object[], type = 'STATE_CHANGE') =>
    `${JSON.stringify({
      AWSAccountId: '012345678901',
      AgentARN: `${instance}/agent/agent-${agent}`,
      EventId: `${second}-${ms}`,
      EventTimestamp: time(ms),
      EventType: type,
      CurrentAgentSnapshot: {
        AgentStatus: {
          Name: isLunch ? 'Lunch' : 'Available',
          Type: isLunch ? 'CUSTOM' : 'ROUTABLE',
          StartTimestamp: time(0),
        },
        Configuration: { Username: `agent${agent}@example.com` },
        Contacts: contacts,
      },
      PreviousAgentSnapshot: null,
    })}\n`;
  if (turn === 0) yield event(0, [], 'LOGIN');
  else if (isLunch) yield event(0, []);
  else {
    yield event(0, [contact('CONNECTING', 0)]);
    yield event(300, [contact('CONNECTED', 300)]);
    yield event(700, [contact('ENDED', 700)]);
  }
}

/** An answer of the details query: one hour of an agent, with twelve routing intervals. */
function* genesys({ second, agent }: Step): Generator<string> {
  const time = (seconds: number) => new Date((second + seconds) * 1000).toISOString();
  const statuses = ['IDLE', 'INTERACTING', 'NOT_RESPONDING'];
  const routingStatus = Array.from({ length: 12 }, (_, i) => ({
    startTime: time(i * 40),
    endTime: time((i + 1) * 40),
    routingStatus: statuses[i % statuses.length],
  }));
  const primaryPresence = [{ startTime: time(0), endTime: time(480), systemPresence: 'ON_QUEUE' }];
  yield `${JSON.stringify({ userDetails: [{ userId: `user-${agent}`, primaryPresence, routingStatus }] })}\n`;
}

const FEEDS = {
  asterisk: queueLog,
  'asterisk with callers': queueLogWithCallers,
  freeswitch,
  'amazon-connect': amazonConnect,
  genesys,
};

/** A file of the feed with the given number of lines. */
export function* linesOf(feed: keyof typeof FEEDS, lines: number): Generator<string> {
  let written = 0;
  for (const step of steps()) {
    for (const line of FEEDS[feed](step)) {
      if (written++ === lines) return;
      yield line;
    }
  }
}
