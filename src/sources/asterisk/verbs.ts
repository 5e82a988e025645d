// The events of queue_log that are about an agent, and which comes first of those in one second.

/**
 * Position among an agent's lines of one second, from which the log's own order cannot be told any more: what frees the agent,
 * then pauses, then what takes the agent up. So a second reads as it nearly always happened.
 */
const ORDER = {
  AGENTLOGOFF: 4,
  AGENTCALLBACKLOGOFF: 4,
  AGENTLOGIN: 8,
  AGENTCALLBACKLOGIN: 8,
  ADDMEMBER: 10,
  COMPLETEAGENT: 14,
  COMPLETECALLER: 14,
  BLINDTRANSFER: 15,
  ATTENDEDTRANSFER: 15,
  TRANSFER: 15,
  OUTANSWER: 16,
  OUTCANCEL: 16,
  OUTCHANUNAVAIL: 16,
  OUTCONGESTION: 16,
  OUTBUSY: 16,
  OUTNOANSWER: 16,
  // Before PAUSE: a member may be paused for not answering, in the same second.
  RINGNOANSWER: 20,
  RINGCANCELED: 20,
  AGENTDUMP: 20,
  SYSCOMPAT: 20,
  // A change of the reason is often written as UNPAUSE and PAUSE.
  UNPAUSEALL: 24,
  UNPAUSE: 25,
  // PAUSEALL says no reason; the PAUSE of each queue, of the same second, does.
  PAUSEALL: 28,
  PAUSE: 29,
  PENALTY: 32,
  RINGINUSE: 32,
  OUTDIAL: 36,
  CONNECT: 40,
  // After ADDMEMBER: an agent who changes queues is not gone in between.
  REMOVEMEMBER: 52,
} as const;

export type Verb = keyof typeof ORDER;

/** A call or a login that took no time began in the second in which it ends. */
const AFTER_ITS_BEGINNING = 44;

const VERBS: ReadonlySet<string> = new Set(Object.keys(ORDER));

export function isAgentVerb(word: string): word is Verb {
  return VERBS.has(word);
}

/** @param tookMs what the line says to have ended with it: talk or login; undefined if it says none */
export function orderOf(verb: Verb, tookMs: number | undefined): number {
  return tookMs === 0 ? AFTER_ITS_BEGINNING : ORDER[verb];
}
