// A column's menu: meaning, formula, evidence; sort, filter, position and width.
import { ActionIcon, Button, Divider, Group, Stack, Text, Title } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconArrowsHorizontal,
  IconEyeOff,
  IconMinus,
  IconPlus,
} from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { type ColumnInfo, evidenceText } from './column-info.ts';
import type { ChangeReport, ReportState } from '../report-fields.ts';

/** Loaded on demand: its number fields are large. */
const FilterForm = lazy(async () => ({ default: (await import('../filters/filter-form.tsx')).FilterForm }));

interface ColumnMenuProps {
  info: ColumnInfo;
  width: number;
  state: ReportState;
  change: ChangeReport;
  shown: readonly string[];
  close: () => void;
}

const STEP = 24;

export function ColumnMenu({ info, width, state, change, shown, close }: ColumnMenuProps) {
  const { key, title, meaning, formula, evidence } = info;
  const at = shown.indexOf(key);
  const moveTo = (to: number) => change({ columns: moved(shown, at, to) });
  const sortBy = (direction: 'ASC' | 'DESC') => {
    change({ sort: [{ column: key, direction }] }, true);
    close();
  };
  return (
    <Stack gap="sm">
      <div>
        <Title order={2} size="h5">
          {title}
        </Title>
        <Text size="sm">{meaning}</Text>
        <Text size="sm" mt={4}>
          <b>Formula:</b> {formula}
        </Text>
        <Text size="xs" c="dimmed" mt={4}>
          {evidenceText(evidence)}
        </Text>
      </div>
      {info.operators.length > 0 && (
        <>
          <Divider />
          <Group gap="xs" grow>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconArrowUp size={14} aria-hidden />}
              onClick={() => sortBy('ASC')}
            >
              Sort ascending
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconArrowDown size={14} aria-hidden />}
              onClick={() => sortBy('DESC')}
            >
              Sort descending
            </Button>
          </Group>
          <Suspense>
            <FilterForm info={info} close={close} filters={state.filter} change={change} />
          </Suspense>
        </>
      )}
      <Divider />
      <Group gap={6} justify="space-between">
        <Group gap={4}>
          <ActionIcon variant="default" aria-label="Move left" disabled={at <= 0} onClick={() => moveTo(at - 1)}>
            <IconArrowLeft size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label="Move right"
            disabled={at >= shown.length - 1}
            onClick={() => moveTo(at + 1)}
          >
            <IconArrowRight size={16} aria-hidden />
          </ActionIcon>
        </Group>
        <Group gap={4}>
          <IconArrowsHorizontal size={16} aria-hidden />
          <ActionIcon
            variant="default"
            aria-label="Narrower"
            onClick={() => change({ width: { ...state.width, [key]: Math.max(56, width - STEP) } })}
          >
            <IconMinus size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label="Wider"
            onClick={() => change({ width: { ...state.width, [key]: Math.min(600, width + STEP) } })}
          >
            <IconPlus size={16} aria-hidden />
          </ActionIcon>
        </Group>
        <Button
          variant="default"
          size="xs"
          disabled={shown.length <= 1}
          leftSection={<IconEyeOff size={14} aria-hidden />}
          onClick={() => {
            close();
            change({ columns: shown.filter(other => other !== key) });
          }}
        >
          Hide
        </Button>
      </Group>
    </Stack>
  );
}

/** The list with one item moved. */
export function moved(list: readonly string[], from: number, to: number): string[] {
  const without = list.filter((_, nth) => nth !== from);
  return [...without.slice(0, to), list[from] as string, ...without.slice(to)];
}
