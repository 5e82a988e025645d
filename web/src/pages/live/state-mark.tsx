// A base state as a coloured mark with its letter and name: colour is never the only sign.
import type { CSSProperties } from 'react';
import { stateLook } from '../../parts/looks/state-colors.ts';
import classes from './live.module.css';

/** The state's colours as CSS variables. */
export function stateVariables(state: string): CSSProperties {
  const { fill, text } = stateLook(state);
  return {
    '--fill-light': fill.light,
    '--fill-dark': fill.dark,
    '--text-light': text.light,
    '--text-dark': text.dark,
  } as CSSProperties;
}

export function StateMark({ state, label = '' }: { state: string; label?: string }) {
  const { name, letter } = stateLook(state);
  return (
    <span className={classes.state} style={stateVariables(state)}>
      <span className={classes.letter} aria-hidden>
        {letter}
      </span>
      <span>
        {name}
        {label && <span className={classes.label}> · {label}</span>}
      </span>
    </span>
  );
}
