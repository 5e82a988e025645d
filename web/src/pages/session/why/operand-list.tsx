// The columns in a formula with their values and the result; each links to its own explanation.
import { Anchor } from '@mantine/core';
import { valueText } from '../values/value-text.ts';
import type { Why } from '../session-types.ts';
import { plainHeader } from '../values/value-groups.ts';
import classes from './why-panel.module.css';

const SIGNS = { '+': '+', '-': '−', '/': '÷' } as const;

interface OperandListProps {
  why: Why;
  timezone: string;
  onChoose: (columnKey: string) => void;
}

export function OperandList({ why, timezone, onChoose }: OperandListProps) {
  return (
    <table className={classes.sum} aria-label="The formula with its values">
      <tbody>
        {why.operands.map(({ sign, columnKey, label, unit, amount }, nth) => (
          <tr key={label}>
            <td className={classes.sign}>{nth === 0 && sign === '+' ? '' : SIGNS[sign]}</td>
            <th scope="row">
              {columnKey === '' ? (
                label
              ) : (
                <Anchor component="button" type="button" inherit onClick={() => onChoose(columnKey)}>
                  {plainHeader(label)}
                </Anchor>
              )}
            </th>
            <td className={classes.amount}>{valueText(amount, unit, timezone)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td className={classes.sign}>=</td>
          <th scope="row">{plainHeader(why.column.header)}</th>
          <td className={classes.amount} data-total>
            {valueText(why.total, why.unit, timezone)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
