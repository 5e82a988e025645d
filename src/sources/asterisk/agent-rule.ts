// Derives an agent's id from the agent's name in queue_log, such as `Local/1127@agents/n`.

/**
 * The id is the name without technology (`SIP/`), context (`@agents`), options (`/n`) and channel number (`-0000abcd`):
 * `Agent/1127`, `Local/1127@agents/n`, `SIP/1127` and `PJSIP/1127-0000abcd` are all 1127. A name without a technology, such as
 * a member name («Ada Park», `ada@example.com`), is the id unchanged.
 */
export const DEFAULT_AGENT_RULE = /^[A-Za-z]\w*\s*\/\s*(.+?)(?:\s*@.*|(?:-[0-9a-fA-F]{8})?(?:\/[a-z]{1,4})?)$/;

/** Names cached by a rule: the agents of a large contact centre. */
const MAX_REMEMBERED = 10_000;

/** A function from name to id: the first group of the rule, or the name itself if the rule does not match. */
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
