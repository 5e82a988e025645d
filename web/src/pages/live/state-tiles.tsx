// The number of agents in each state, as tiles that filter by it.
import { UnstyledButton } from '@mantine/core';
import { formatDuration } from '../../format/durations.ts';
import { formatCount } from '../../format/numbers.ts';
import { stateLook } from '../../parts/looks/state-colors.ts';
import { nameOf, stateMs } from './live-agent.ts';
import classes from './live.module.css';
import type { StateCount } from './live-view.ts';
import { stateVariables } from './state-mark.tsx';

interface StateTilesProps {
  counts: readonly StateCount[];
  nowMs: number;
  chosen: readonly string[];
  choose: (states: readonly string[]) => void;
}

export function StateTiles({ counts, nowMs, chosen, choose }: StateTilesProps) {
  const toggle = (state: string) =>
    choose(chosen.includes(state) ? chosen.filter(other => other !== state) : [...chosen, state]);
  return (
    <ul className={classes.tiles} aria-label="Agents by state">
      {counts.map(({ state, count, longest }) => (
        <li key={state}>
          <UnstyledButton
            className={classes.tile}
            style={stateVariables(state)}
            aria-pressed={chosen.includes(state)}
            onClick={() => toggle(state)}
          >
            <span className={classes.tileHead}>
              <span className={classes.letter} aria-hidden>
                {stateLook(state).letter}
              </span>
              {stateLook(state).name}
            </span>
            <span className={classes.count}>{formatCount(count)}</span>
            <span className={classes.longest} title={nameOf(longest)}>
              longest {formatDuration(stateMs(longest, nowMs))}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
