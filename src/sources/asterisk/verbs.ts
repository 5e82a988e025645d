// The events of queue_log that may name an agent: what each does, and which comes first of those in one second.

/** `session`: begins or ends a login or a membership. `nothing`: kept, changes nothing. */
export type Treatment = 'session' | 'pause' | 'call' | 'nothing';

/**
 * Position among an agent's lines of one second, from which the log's own order cannot be told any more: what frees the agent,
 * then pauses, then what takes the agent up. So a second reads as it nearly always happened. Lines of one call are moved where
 * its beginning lies in the same second (`arrange`).
 */
const VERBS = {
  AGENTLOGOFF: [4, 'session'],
  AGENTCALLBACKLOGOFF: [4, 'session'],
  AGENTLOGIN: [8, 'session'],
  AGENTCALLBACKLOGIN: [8, 'session'],
  ADDMEMBER: [10, 'session'],
  // After AGENTLOGIN, with which it ends.
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
  // A change of the reason is often written as UNPAUSE and PAUSE.
  UNPAUSEALL: [24, 'pause'],
  UNPAUSE: [25, 'pause'],
  // PAUSEALL says no reason; the PAUSE of each queue, of the same second, does, or PAUSEREASON.
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
  // After ADDMEMBER: an agent who changes queues is not gone in between.
  REMOVEMEMBER: [52, 'session'],
} as const satisfies Record<string, readonly [order: number, treatment: Treatment]>;

export type Verb = keyof typeof VERBS;

/** The lines of a call that begins and ends in one second: after pauses, before what goes on. */
export const WHOLE_CALL_ORDER = 34;
/** A call or a login that took no time began in the second in which it ends. */
const AFTER_ITS_BEGINNING = 44;

const ORDERS: ReadonlyMap<string, number> = new Map(Object.entries(VERBS).map(([verb, [order]]) => [verb, order]));
export const AGENT_VERBS: readonly Verb[] = Object.keys(VERBS) as Verb[];

export function isAgentVerb(word: string): word is Verb {
  return ORDERS.has(word);
}

export const treatmentOf = (verb: Verb): Treatment => VERBS[verb][1];

/** @param tookMs what the line says to have ended with it: talk or login; undefined if it says none */
export function orderOf(verb: Verb, tookMs: number | undefined): number {
  return tookMs === 0 ? AFTER_ITS_BEGINNING : VERBS[verb][0];
}
