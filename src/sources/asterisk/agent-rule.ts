// An agent's name in queue_log, such as `Local/1127@agents/n`, to the agent's id.

/**
 * The id is what is left without technology (`SIP/`), context (`@agents`), options (`/n`) and the number of a channel
 * (`-0000abcd`): `Agent/1127`, `Local/1127@agents/n`, `SIP/1127` and `PJSIP/1127-0000abcd` are all 1127. A name without a
 * technology, such as one that the queue was given for the agent («Ada Park», `ada@example.com`), stays as it is.
 */
export const DEFAULT_AGENT_RULE = /^[A-Za-z]\w*\s*\/\s*(.+?)(?:\s*@.*|(?:-[0-9a-fA-F]{8})?(?:\/[a-z]{1,4})?)$/;

/** Names that a rule remembers: the agents of a large centre. */
const MAX_REMEMBERED = 10_000;

/** A name to its id, by the first group of a rule; a name that the rule does not match is an id as it is. */
export function agentNaming(rule = DEFAULT_AGENT_RULE): (name: string) => string {
  const known = new Map<string, string>();
  return name => {
    const remembered = known.get(name);
    if (remembered !== undefined) return remembered;
    const agentId = rule.exec(name)?.[1]?.trim() || name;
    if (known.size < MAX_REMEMBERED) known.set(name, agentId);
    return agentId;
  };
}
