// Search and filters above the agents.
import { Button, CloseButton, Group, MultiSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { compareTexts } from '../../format/texts.ts';
import { stateLook } from '../../parts/looks/state-colors.ts';
import type { LiveAgent } from './live-agent.ts';
import classes from './live.module.css';
import { groupOf, type LiveView, teamOf } from './live-view.ts';

interface LiveFiltersProps {
  agents: readonly LiveAgent[];
  view: LiveView;
  change: (changes: Partial<LiveView>) => void;
}

/** Values of present agents, and chosen ones that no present agent has. */
const choices = (present: readonly string[], chosen: readonly string[]) =>
  [...new Set([...present, ...chosen])].sort(compareTexts);

export function LiveFilters({ agents, view, change }: LiveFiltersProps) {
  const { search, team, group, state } = view;
  const isFiltered = search !== '' || team.length + group.length + state.length > 0;
  const states = choices(
    agents.map(agent => agent.agentState),
    state,
  ).map(value => ({ value, label: stateLook(value).name }));
  const select = { size: 'sm', searchable: true, clearable: true, className: classes.filter } as const;
  return (
    <Group gap="xs" align="flex-end" role="search" aria-label="Agents">
      <TextInput
        label="Search"
        placeholder="Name or ID"
        size="sm"
        className={classes.filter}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={search}
        onChange={event => change({ search: event.currentTarget.value })}
        rightSection={
          search && <CloseButton size="sm" aria-label="Clear the search" onClick={() => change({ search: '' })} />
        }
      />
      <MultiSelect
        {...select}
        label="Team"
        placeholder={team.length === 0 ? 'All' : ''}
        data={choices(agents.map(teamOf), team)}
        value={[...team]}
        onChange={value => change({ team: value })}
      />
      <MultiSelect
        {...select}
        label="Group"
        placeholder={group.length === 0 ? 'All' : ''}
        data={choices(agents.map(groupOf), group)}
        value={[...group]}
        onChange={value => change({ group: value })}
      />
      <MultiSelect
        {...select}
        label="State"
        placeholder={state.length === 0 ? 'All' : ''}
        data={states}
        value={[...state]}
        onChange={value => change({ state: value })}
      />
      {isFiltered && (
        <Button variant="subtle" size="sm" onClick={() => change({ search: '', team: [], group: [], state: [] })}>
          Clear filters
        </Button>
      )}
    </Group>
  );
}
