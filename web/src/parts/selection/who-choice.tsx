// The choice of teams, groups, agents and additional accounts, from those that the user may see.
import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { AGENTS_KEY, groupsQuery } from '../../api/directory.ts';
import { compareTexts } from '../../format/texts.ts';
import { useAccounts } from '../account/account-choice.tsx';
import type { ChangeSelection, SelectionState } from './selection-fields.ts';

interface WhoChoiceProps {
  accountId: string;
  state: SelectionState;
  change: ChangeSelection;
}

const NO_TEAM = '[No Team Name]';
const STALE_MS = 5 * 60_000;

export function WhoChoice({ accountId, state, change }: WhoChoiceProps) {
  const params = { path: { accountId } };
  const agents = useQuery({
    queryKey: [AGENTS_KEY, accountId, 'all'],
    queryFn: () => answerOf(api.GET('/api/v1/admin/accounts/{accountId}/agents', { params })),
    staleTime: STALE_MS,
  });
  const groups = useQuery({ ...groupsQuery(accountId), staleTime: STALE_MS });
  const accounts = useAccounts().filter(account => account.accountId !== accountId);
  const teams = [...new Set((agents.data ?? []).map(({ team }) => team || NO_TEAM))].sort();
  const named = (agents.data ?? []).map(({ agentId, firstName, lastName }) => ({
    value: String(agentId),
    label: [lastName, firstName].filter(Boolean).join(', ') || String(agentId),
  }));
  const inGroups = (groups.data ?? []).map(({ agentGroupId, groupName }) => ({
    value: String(agentGroupId),
    label: groupName || String(agentGroupId),
  }));
  return (
    <>
      <Choice label="Teams" data={teams} value={state.team} onValue={team => change({ team }, true)} />
      <Choice label="Groups" data={inGroups} value={state.group} onValue={group => change({ group }, true)} />
      <Choice
        label="Agents"
        data={named.toSorted((a, b) => compareTexts(a.label, b.label))}
        value={state.agent}
        onValue={agent => change({ agent }, true)}
      />
      {accounts.length > 0 && (
        <Choice
          label="Additional accounts"
          placeholder="None"
          data={accounts.map(({ accountId: value, accountName: label }) => ({ value, label }))}
          value={state.with}
          onValue={ids => change({ with: ids }, true)}
        />
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  /** Shown while nothing is chosen. */
  placeholder?: string;
  data: readonly (string | { value: string; label: string })[];
  value: readonly string[];
  onValue: (value: string[]) => void;
}

/** Values of the address that are not (or no longer) in the list can still be removed. */
function Choice({ label, placeholder = 'All', data, value, onValue }: ChoiceProps) {
  const known = new Set(data.map(entry => (typeof entry === 'string' ? entry : entry.value)));
  return (
    <MultiSelect
      label={label}
      w={{ base: '100%', md: 180 }}
      searchable
      clearable
      limit={100}
      placeholder={value.length === 0 ? placeholder : undefined}
      data={[...data, ...value.filter(entry => !known.has(entry))]}
      value={[...value]}
      onChange={onValue}
      nothingFoundMessage="No matches"
    />
  );
}
