// The choice of columns and their order: check boxes, dragging, and buttons for the keyboard.
import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconColumns3, IconGripVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { type ColumnInfo, defaultColumns } from './column-info.ts';
import { moved } from './column-menu.tsx';
import classes from './columns-choice.module.css';
import type { ChangeReport } from '../report-fields.ts';

interface ColumnsChoiceProps {
  columns: readonly ColumnInfo[];
  /** Keys of the columns shown, in their order. */
  shown: readonly string[];
  change: ChangeReport;
}

export function ColumnsChoice({ columns, shown, change }: ColumnsChoiceProps) {
  return (
    <Popover position="bottom-end" width={330} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" px={{ base: 10, sm: 'md' }} leftSection={<IconColumns3 size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <ColumnsList columns={columns} shown={shown} change={change} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnsList({ columns, shown, change }: ColumnsChoiceProps) {
  const [search, setSearch] = useState('');
  const [dragged, setDragged] = useState<string>();
  const title = (key: string) => columns.find(column => column.key === key)?.title ?? key;
  const hidden = columns.filter(({ key }) => !shown.includes(key)).map(({ key }) => key);
  const isFound = (key: string) => title(key).toLowerCase().includes(search.toLowerCase());
  const show = (key: string, isShown: boolean) =>
    change({ columns: isShown ? [...shown, key] : shown.filter(other => other !== key) });
  const dropOn = (key: string) => {
    if (dragged !== undefined && dragged !== key) {
      change({ columns: moved(shown, shown.indexOf(dragged), shown.indexOf(key)) });
    }
    setDragged(undefined);
  };
  return (
    <Stack gap="xs">
      <Group gap="xs" wrap="nowrap">
        <TextInput
          aria-label="Find a column"
          placeholder="Find a column"
          size="xs"
          flex={1}
          data-autofocus
          value={search}
          onChange={({ currentTarget }) => setSearch(currentTarget.value)}
        />
        <Button
          size="xs"
          variant="subtle"
          onClick={() => change({ columns: [], width: {} })}
          title={`Show the ${defaultColumns(columns).length} default columns in their default order`}
        >
          Reset
        </Button>
      </Group>
      <ScrollArea.Autosize mah={420} type="auto" offsetScrollbars>
        <ul className={classes.list}>
          {shown.filter(isFound).map(key => (
            <li
              key={key}
              className={classes.item}
              draggable
              data-dragged={dragged === key || undefined}
              onDragStart={() => setDragged(key)}
              onDragEnd={() => setDragged(undefined)}
              onDragOver={event => event.preventDefault()}
              onDrop={() => dropOn(key)}
            >
              <IconGripVertical size={14} aria-hidden className={classes.grip} />
              <Checkbox
                size="xs"
                flex={1}
                checked
                disabled={shown.length === 1}
                label={title(key)}
                onChange={() => show(key, false)}
              />
              <MoveButton shown={shown} columnKey={key} title={title(key)} by={-1} change={change} />
              <MoveButton shown={shown} columnKey={key} title={title(key)} by={1} change={change} />
            </li>
          ))}
          {hidden.filter(isFound).map(key => (
            <li key={key} className={classes.item}>
              <span className={classes.grip} />
              <Checkbox size="xs" checked={false} label={title(key)} onChange={() => show(key, true)} />
            </li>
          ))}
        </ul>
      </ScrollArea.Autosize>
    </Stack>
  );
}

interface MoveButtonProps {
  shown: readonly string[];
  columnKey: string;
  title: string;
  by: -1 | 1;
  change: ChangeReport;
}

function MoveButton({ shown, columnKey, title, by, change }: MoveButtonProps) {
  const at = shown.indexOf(columnKey);
  const to = at + by;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={`Move ${title} ${by < 0 ? 'up' : 'down'}`}
      disabled={to < 0 || to >= shown.length}
      onClick={() => change({ columns: moved(shown, at, to) })}
    >
      {by < 0 ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
    </ActionIcon>
  );
}
