// The explanation of a value: its formula, the values in it, and the parts that add up to it.
import { Alert, CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { SessionId } from '../../../parts/address/session-address.ts';
import { ErrorState, LoadingState } from '../../../parts/frame/states.tsx';
import { valueText } from '../values/value-text.ts';
import { OperandList } from './operand-list.tsx';
import { PartList } from './part-list.tsx';
import { whyQuery } from '../session-queries.ts';
import type { LoginSession, Part, Why } from '../session-types.ts';
import { plainHeader } from '../values/value-groups.ts';
import classes from './why-panel.module.css';

interface WhyPanelProps {
  id: SessionId;
  session: LoginSession;
  columnKey: string;
  onChoose: (columnKey: string) => void;
  onClose: () => void;
  /** Shows the part in the time line. */
  onShow: (part: Part) => void;
}

/** The explanation of the column; `data` is undefined while it loads. */
export function useWhy(id: SessionId, columnKey: string, session: LoginSession | undefined) {
  const query = useQuery({
    ...whyQuery({ ...id, columnKey }, session?.end ?? ''),
    enabled: columnKey !== '' && session !== undefined,
  });
  const isOfColumn = query.data?.column.columnKey === columnKey;
  return { ...query, data: isOfColumn ? query.data : undefined };
}

export function WhyPanel(props: WhyPanelProps) {
  const { id, session, columnKey, onClose } = props;
  const { data, error, refetch } = useWhy(id, columnKey, session);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves with each column
  useEffect(() => heading.current?.focus({ preventScroll: true }), [columnKey]);
  const value = session.values.find(other => other.columnKey === columnKey);
  if (value === undefined) return null;
  const shown = data ?? value;
  return (
    <Stack gap="md">
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Title order={2} size="h4" ref={heading} tabIndex={-1} className={classes.heading}>
            Why {valueText(shown.value, shown.unit, session.timezone)}?
          </Title>
          <Text size="sm" c="dimmed">
            {plainHeader(value.header)}: {value.meaning}
          </Text>
        </div>
        <CloseButton aria-label="Close the explanation" onClick={onClose} />
      </Group>
      {error && <ErrorState error={error} retry={refetch} />}
      {!error && data === undefined && <LoadingState label="Loading the explanation" />}
      {data && <Explanation {...props} why={data} />}
    </Stack>
  );
}

function Explanation({ why, id, session, onChoose, onShow }: WhyPanelProps & { why: Why }) {
  const { column, operands, parts, printed, isExact, unit } = why;
  return (
    <>
      {!isExact && (
        <Alert color="red" icon={<IconAlertTriangle />} title="This explanation does not match the report">
          The parts add up to {valueText(why.total, unit, session.timezone)}. The report’s value is the valid one.
          Please report this as a bug in Offhook.
        </Alert>
      )}
      <Text size="sm">
        <Text span c="dimmed" inherit>
          Formula{' '}
        </Text>
        {column.formula}
      </Text>
      {operands.length > 0 && <OperandList why={why} onChoose={onChoose} timezone={session.timezone} />}
      {parts.length > 0 && <PartList id={id} session={session} why={why} onShow={onShow} />}
      {column.isInReport && (
        <Text size="sm" c="dimmed">
          The report shows{' '}
          <Text span inherit fw={600} c="bright">
            {printed === '' ? 'an empty cell' : printed}
          </Text>
          .
        </Text>
      )}
    </>
  );
}
