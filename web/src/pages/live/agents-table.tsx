// The agents as a table; rows link to their sessions, and only the rows in view are drawn.
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { SpaceRow } from '../../parts/tables/space-row.tsx';
import { AGENT_FIELDS } from './agent-fields.tsx';
import { addressOf, type LiveAgent, nameOf } from './live-agent.ts';
import classes from './live.module.css';
import type { LiveView, SortKey } from './live-view.ts';

export interface AgentsProps {
  agents: readonly LiveAgent[];
  nowMs: number;
}

const ROW_PX = 44;

interface AgentsTableProps extends AgentsProps {
  view: LiveView;
  sortBy: (sort: SortKey) => void;
}

export function AgentsTable({ agents, nowMs, view, sortBy }: AgentsTableProps) {
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: agents.length,
    estimateSize: () => ROW_PX,
    overscan: 8,
    getScrollElement: () => scroller.current,
  });
  const rows = virtualizer.getVirtualItems();
  const before = rows[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard
    <section className={classes.scroller} ref={scroller} aria-label="Agents" tabIndex={0}>
      <table className={classes.table} aria-rowcount={agents.length + 1}>
        <thead>
          <tr>
            <Header sortKey="name" text="Agent" view={view} sortBy={sortBy} />
            {AGENT_FIELDS.map(({ key, header, isNumber }) => (
              <Header key={key} sortKey={key} text={header} isNumber={isNumber} view={view} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody>
          <SpaceRow heightPx={before} columns={AGENT_FIELDS.length + 1} />
          {rows.map(({ index }) => {
            const agent = agents[index] as LiveAgent;
            return <Row key={agent.agentLoginId} agent={agent} nowMs={nowMs} index={index} />;
          })}
          <SpaceRow heightPx={after} columns={AGENT_FIELDS.length + 1} />
        </tbody>
      </table>
    </section>
  );
}

function Row({ agent, nowMs, index }: { agent: LiveAgent; nowMs: number; index: number }) {
  const [, go] = useLocation();
  const address = addressOf(agent);
  return (
    <tr aria-rowindex={index + 2} onClick={() => go(address)}>
      <th scope="row">
        <Link href={address} onClick={event => event.stopPropagation()}>
          {nameOf(agent)}
        </Link>
      </th>
      {AGENT_FIELDS.map(({ key, isNumber, show }) => (
        <td key={key} className={isNumber && classes.number}>
          {show(agent, nowMs)}
        </td>
      ))}
    </tr>
  );
}

interface HeaderProps {
  sortKey: SortKey;
  text: string;
  isNumber?: true | undefined;
  view: LiveView;
  sortBy: (sort: SortKey) => void;
}

function Header({ sortKey, text, isNumber, view, sortBy }: HeaderProps) {
  const isSorted = view.sort === sortKey;
  const Arrow = view.order === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" className={isNumber && classes.number} aria-sort={isSorted ? view.order : undefined}>
      <button type="button" className={classes.sort} onClick={() => sortBy(sortKey)}>
        {text}
        {isSorted && <Arrow size={14} aria-hidden />}
      </button>
    </th>
  );
}
