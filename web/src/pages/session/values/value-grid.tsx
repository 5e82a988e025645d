// All values of the session, as buttons that open the explanation of each.
import { Title } from '@mantine/core';
import { valueText } from './value-text.ts';
import type { LoginSession, SessionValue } from '../session-types.ts';
import classes from './value-grid.module.css';
import { plainHeader, VALUE_GROUPS, valuesOf } from './value-groups.ts';

interface ValueGridProps {
  session: LoginSession;
  /** The column that is explained; empty: none. */
  chosen: string;
  onChoose: (columnKey: string) => void;
}

export function ValueGrid({ session, chosen, onChoose }: ValueGridProps) {
  return (
    <div className={classes.groups}>
      {VALUE_GROUPS.map(group => (
        <section key={group.title} aria-label={group.title}>
          <Title order={2} size="h5" mb={6}>
            {group.title}
          </Title>
          <ul className={classes.grid}>
            {valuesOf(session.values, group).map(value => (
              <li key={value.columnKey}>
                <ValueButton
                  value={value}
                  session={session}
                  onChoose={onChoose}
                  isChosen={value.columnKey === chosen}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface ValueButtonProps {
  value: SessionValue;
  session: LoginSession;
  isChosen: boolean;
  onChoose: (columnKey: string) => void;
}

function ValueButton({ value, session, isChosen, onChoose }: ValueButtonProps) {
  const { columnKey, header, meaning, value: amount, unit } = value;
  const text = valueText(amount, unit, session.timezone);
  return (
    <button
      type="button"
      className={classes.value}
      aria-pressed={isChosen}
      data-column={columnKey}
      data-nothing={amount === 0 || amount === '' || undefined}
      title={meaning}
      onClick={() => onChoose(isChosen ? '' : columnKey)}
    >
      <span className={classes.header}>{plainHeader(header)}</span>
      <span className={classes.text}>{text}</span>
    </button>
  );
}
