// The events (verbs) of queue_log that may name an agent: their effect, and their order within one second.

/** `session`: begins or ends a login or a membership. `nothing`: stored, but without effect. */
export type Treatment = 'session' | 'pause' | 'call' | 'nothing';

/**
 * Position among an agent's lines of one second, since the log's own order is lost when files arrive in any order: first what
 * frees the agent, then pauses, then what occupies the agent, which nearly always is what happened. `arrange` then moves the
 * lines of a call that began in the same second.
 */
const VERBS = {
  AGENTLOGOFF: [4, 'session'],
  AGENTCALLBACKLOGOFF: [4, 'session'],
  AGENTLOGIN: [8, 'session'],
  AGENTCALLBACKLOGIN: [8, 'session'],
  ADDMEMBER: [10, 'session'],
  // After AGENTLOGIN: the membership ends with that login.
  ADDMEMBER2: [11, 'session'],
  CALLERONHOLD: [12, 'call'],
  CALLEROFFHOLD: [13, 'call'],
  COMPLETEAGENT: [14, 'call'],
  COMPLETECALLER: [14, 'call'],
  BLINDTRANSFER: [15, 'call'],
  ATTENDEDTRANSFER: [15, 'call'],
  TRANSFER: [15, 'call'],
  OUTCALL: [16, 'call'],
  OUTANSWER: [16, 'call'],
  OUTCANCEL: [16, 'call'],
  OUTCHANUNAVAIL: [16, 'call'],
  OUTCONGESTION: [16, 'call'],
  OUTBUSY: [16, 'call'],
  OUTNOANSWER: [16, 'call'],
  OUTFAILED: [16, 'call'],
  OUTTRANSFER: [17, 'call'],
  // Before PAUSE: a member may be paused for not answering, in the same second.
  RINGNOANSWER: [20, 'call'],
  RINGCANCELED: [20, 'call'],
  ABANDON: [20, 'call'],
  WITHDRAW: [20, 'call'],
  AGENTDUMP: [20, 'call'],
  SYSCOMPAT: [20, 'call'],
  // A changed reason is often logged as UNPAUSE and PAUSE.
  UNPAUSEALL: [24, 'pause'],
  UNPAUSE: [25, 'pause'],
  // PAUSEALL has no reason; the PAUSE of each queue in the same second has it, or PAUSEREASON.
  PAUSEALL: [28, 'pause'],
  PAUSE: [29, 'pause'],
  PAUSEREASON: [30, 'pause'],
  PENALTY: [32, 'nothing'],
  RINGINUSE: [32, 'nothing'],
  CALLSTATUS: [32, 'nothing'],
  CALLOUTBOUND: [32, 'nothing'],
  WRAPUPSTART: [32, 'nothing'],
  AGENTATTEMPT: [32, 'nothing'],
  HOTDESK: [32, 'nothing'],
  INFO: [32, 'nothing'],
  VARIABLE: [32, 'nothing'],
  DID: [32, 'nothing'],
  ENTERQUEUE: [32, 'nothing'],
  EXITEMPTY: [32, 'nothing'],
  EXITWITHKEY: [32, 'nothing'],
  EXITWITHTIMEOUT: [32, 'nothing'],
  JOINEMPTY: [32, 'nothing'],
  JOINUNAVAIL: [32, 'nothing'],
  LEAVEEMPTY: [32, 'nothing'],
  LEAVEUNAVAIL: [32, 'nothing'],
  FULL: [32, 'nothing'],
  CLOSED: [32, 'nothing'],
  DIVERT_CA_RATIO: [32, 'nothing'],
  DIVERT_HOLDTIME: [32, 'nothing'],
  CONFIGRELOAD: [32, 'nothing'],
  QUEUESTART: [32, 'nothing'],
  OUTDIAL: [36, 'call'],
  CONNECT: [40, 'call'],
  // After ADDMEMBER: an agent who changes queues is not logged out in between.
  REMOVEMEMBER: [52, 'session'],
} as const satisfies Record<string, readonly [order: number, treatment: Treatment]>;

export type Verb = keyof typeof VERBS;

/** For the lines of a call that begins and ends in one second: after pauses, before calls that continue. */
export const WHOLE_CALL_ORDER = 34;
/** For the end of a call or login of zero seconds, which began in the same second. */
const AFTER_ITS_BEGINNING = 44;

const ORDERS: ReadonlyMap<string, number> = new Map(Object.entries(VERBS).map(([verb, [order]]) => [verb, order]));
export const AGENT_VERBS: readonly Verb[] = Object.keys(VERBS) as Verb[];

export function isAgentVerb(word: string): word is Verb {
  return ORDERS.has(word);
}

export const treatmentOf = (verb: Verb): Treatment => VERBS[verb][1];

/** @param tookMs the talk or login time that the line states; undefined if it states none */
export function orderOf(verb: Verb, tookMs: number | undefined): number {
  return tookMs === 0 ? AFTER_ITS_BEGINNING : VERBS[verb][0];
}
