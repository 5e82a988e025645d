// The wallboard: counts by state and agents, large enough to read from across the room.
import { ActionIcon, Group } from '@mantine/core';
import { useElementSize, useFullscreenDocument, useInterval } from '@mantine/hooks';
import { IconMaximize, IconMinimize, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { type CSSProperties, useState } from 'react';
import { formatDuration } from '../../../format/durations.ts';
import { formatCount } from '../../../format/numbers.ts';
import { stateLook } from '../../../parts/looks/state-colors.ts';
import { type LiveAgent, labelOf, nameOf, stateMs } from '../live-agent.ts';
import { LiveStatus } from '../live-status.tsx';
import type { LivePicture } from '../stream/live-stream.ts';
import { byStateAndTime, countsByState, type StateCount } from '../live-view.ts';
import { stateVariables } from '../state-mark.tsx';
import { AGENTS_PER_PAGE, fitAgents } from './wallboard-fit.ts';
import classes from './wallboard.module.css';

const PAGE_MS = 10_000;

interface WallboardProps {
  title: string;
  agents: readonly LiveAgent[];
  picture: LivePicture;
  nowMs: number;
  timezone: string;
  leave: () => void;
}

export function Wallboard({ title, agents, picture, nowMs, timezone, leave }: WallboardProps) {
  const pages = Math.max(Math.ceil(agents.length / AGENTS_PER_PAGE), 1);
  const [turn, setTurn] = useState(0);
  const [isPaused, setPaused] = useState(false);
  useInterval(() => !isPaused && setTurn(count => count + 1), PAGE_MS, { autoInvoke: true });
  const page = turn % pages;
  const shown = byStateAndTime(agents, nowMs).slice(page * AGENTS_PER_PAGE, (page + 1) * AGENTS_PER_PAGE);
  return (
    <section className={classes.board} aria-label="Wallboard">
      <header className={classes.head}>
        <h1 className={classes.title}>{title}</h1>
        <LiveStatus picture={picture} timezone={timezone} />
        <Group gap="xs" ml="auto" wrap="nowrap">
          {pages > 1 && (
            <>
              <span>
                Page {page + 1} of {pages}
              </span>
              <Tool
                label={isPaused ? 'Resume page changes' : 'Pause page changes'}
                onClick={() => setPaused(!isPaused)}
              >
                {isPaused ? <IconPlayerPlay aria-hidden /> : <IconPlayerPause aria-hidden />}
              </Tool>
            </>
          )}
          <FullScreen />
          <Tool label="Close the wallboard" onClick={leave}>
            <IconX aria-hidden />
          </Tool>
        </Group>
      </header>
      <ul className={classes.tiles} aria-label="Agents by state">
        {countsByState(agents, nowMs).map(count => (
          <Tile key={count.state} {...count} nowMs={nowMs} />
        ))}
      </ul>
      {agents.length === 0 ? (
        <p className={classes.nobody}>Nobody is logged in.</p>
      ) : (
        <Agents agents={shown} nowMs={nowMs} />
      )}
    </section>
  );
}

function Tool({ label, ...props }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return <ActionIcon variant="default" size={40} aria-label={label} title={label} {...props} />;
}

function FullScreen() {
  const { fullscreen, toggle } = useFullscreenDocument();
  return (
    <Tool label={fullscreen ? 'Exit full screen' : 'Full screen'} onClick={toggle}>
      {fullscreen ? <IconMinimize aria-hidden /> : <IconMaximize aria-hidden />}
    </Tool>
  );
}

function Tile({ state, count, longest, nowMs }: StateCount & { nowMs: number }) {
  const { name } = stateLook(state);
  return (
    <li className={classes.tile} style={stateVariables(state)}>
      <span className={classes.count}>{formatCount(count)}</span>
      <span className={classes.tileText}>
        <span className={classes.tileName}>{name}</span>
        <span className={classes.tileLongest}>
          {formatDuration(stateMs(longest, nowMs))} {nameOf(longest)}
        </span>
      </span>
    </li>
  );
}

function Agents({ agents, nowMs }: { agents: readonly LiveAgent[]; nowMs: number }) {
  const { ref, width, height } = useElementSize();
  const { columns, rows, fontPx } = fitAgents(agents.length, width, height);
  const style = { '--columns': columns, '--rows': rows, '--font': `${fontPx}px` } as CSSProperties;
  return (
    <ul className={classes.agents} ref={ref} style={style} aria-label="Agents">
      {agents.map(agent => {
        const { name, letter } = stateLook(agent.agentState);
        return (
          <li key={agent.agentLoginId} className={classes.agent} style={stateVariables(agent.agentState)}>
            <span className={classes.letter} aria-hidden>
              {letter}
            </span>
            <span className={classes.agentText}>
              <span className={classes.agentName}>{nameOf(agent)}</span>
              <span className={classes.agentState}>
                <span className={classes.agentStateName}>{labelOf(agent) || name}</span>
                <span>{formatDuration(stateMs(agent, nowMs))}</span>
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
