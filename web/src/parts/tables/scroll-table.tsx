// A table that scrolls sideways in a narrow window, by keyboard as well.
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface ScrollTableProps {
  /** What the table lists, for screen readers. */
  label: string;
  minWidth: number;
  heads: readonly ReactNode[];
  children: ReactNode;
}

export function ScrollTable({ label, minWidth, heads, children }: ScrollTableProps) {
  return (
    <Table.ScrollContainer
      minWidth={minWidth}
      scrollAreaProps={{ type: 'auto', viewportProps: { tabIndex: 0, role: 'group', 'aria-label': label } }}
    >
      <Table verticalSpacing="sm" withTableBorder highlightOnHover bg="var(--mantine-color-body)">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change
              <Table.Th key={index}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
