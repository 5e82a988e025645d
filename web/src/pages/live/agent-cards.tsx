// The agents as cards, for narrow windows.
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { formatDuration } from '../../format/durations.ts';
import { formatCount } from '../../format/numbers.ts';
import type { AgentsProps } from './agents-table.tsx';
import { addressOf, type LiveAgent, labelOf, loginMs, nameOf, stateMs, talkMs } from './live-agent.ts';
import classes from './live.module.css';
import { groupOf, teamOf } from './live-view.ts';
import { StateMark } from './state-mark.tsx';

const CARD_PX = 132;

export function AgentCards({ agents, nowMs }: AgentsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => setScrollMargin(list.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count: agents.length,
    estimateSize: () => CARD_PX,
    overscan: 4,
    scrollMargin,
  });
  return (
    <ul className={classes.cards} ref={list} style={{ height: virtualizer.getTotalSize() }} aria-label="Agents">
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const agent = agents[index] as LiveAgent;
        return (
          <li
            key={agent.agentLoginId}
            className={classes.cardPlace}
            style={{ height: CARD_PX, transform: `translateY(${start - scrollMargin}px)` }}
            aria-setsize={agents.length}
            aria-posinset={index + 1}
          >
            <Card agent={agent} nowMs={nowMs} />
          </li>
        );
      })}
    </ul>
  );
}

function Card({ agent, nowMs }: { agent: LiveAgent; nowMs: number }) {
  const facts = [
    ['Logged in', formatDuration(loginMs(agent, nowMs))],
    ['Calls', formatCount(agent.callsHandled)],
    ['Missed', formatCount(agent.rna)],
    ['Talk', formatDuration(talkMs(agent, nowMs))],
  ] as const;
  return (
    <article className={classes.card}>
      <div className={classes.cardHead}>
        <Link href={addressOf(agent)}>{nameOf(agent)}</Link>
        <span className={classes.cardTime}>{formatDuration(stateMs(agent, nowMs))}</span>
      </div>
      <div className={classes.cardLine}>
        <StateMark state={agent.agentState} label={labelOf(agent)} />
        <span className={classes.where}>
          {teamOf(agent)} · {groupOf(agent)}
        </span>
      </div>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
