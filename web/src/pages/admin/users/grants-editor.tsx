// The rights of a user: each has a role, an account and, for readers, agent groups.
import { Button, CloseButton, Fieldset, Group, MultiSelect, NativeSelect, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Grant, groupsQuery, type Role } from '../../../api/directory.ts';
import { useAccounts } from '../../../parts/account/account-choice.tsx';
import { ROLES } from './grants.ts';

interface GrantsEditorProps {
  grants: readonly Grant[];
  change: (grants: readonly Grant[]) => void;
}

export function GrantsEditor({ grants, change }: GrantsEditorProps) {
  const accounts = useAccounts();
  const add = () => change([...grants, { accountId: accounts[0]?.accountId ?? '', role: 'reader', agentGroupIds: [] }]);
  return (
    <Stack gap="sm">
      <Text fw={600}>Rights</Text>
      {grants.length === 0 && <Text c="dimmed">None yet. Add at least one right.</Text>}
      {grants.map((grant, index) => (
        <GrantFields
          // biome-ignore lint/suspicious/noArrayIndexKey: rights have no id, and their order never changes
          key={index}
          number={index + 1}
          grant={grant}
          change={changed => change(grants.map((known, at) => (at === index ? changed : known)))}
          remove={() => change(grants.filter((_, at) => at !== index))}
        />
      ))}
      <Group>
        <Button variant="default" size="compact-md" onClick={add} leftSection={<IconPlus size={16} aria-hidden />}>
          Add a right
        </Button>
      </Group>
    </Stack>
  );
}

interface GrantFieldsProps {
  number: number;
  grant: Grant;
  change: (grant: Grant) => void;
  remove: () => void;
}

function GrantFields({ number, grant, change, remove }: GrantFieldsProps) {
  const accounts = useAccounts();
  const isLimitable = grant.role === 'reader' && grant.accountId !== '';
  return (
    <Fieldset legend={`Right ${number}`} p="sm" pos="relative">
      <CloseButton aria-label={`Remove right ${number}`} onClick={remove} pos="absolute" top={-4} right={6} />
      <Stack gap="sm">
        <Group grow align="flex-start" gap="sm">
          <NativeSelect
            label="Role"
            value={grant.role}
            onChange={event => change({ ...grant, role: event.currentTarget.value as Role, agentGroupIds: [] })}
            data={Object.entries(ROLES).map(([value, { name, text }]) => ({
              value,
              label: `${name}: ${text}`,
            }))}
          />
          <NativeSelect
            label="Account"
            value={grant.accountId}
            onChange={event => change({ ...grant, accountId: event.currentTarget.value, agentGroupIds: [] })}
            data={[
              { value: '', label: 'All accounts' },
              ...accounts.map(({ accountId, accountName }) => ({ value: accountId, label: accountName })),
            ]}
          />
        </Group>
        {isLimitable && (
          <GroupsChoice
            accountId={grant.accountId}
            chosen={grant.agentGroupIds}
            choose={agentGroupIds => change({ ...grant, agentGroupIds })}
          />
        )}
      </Stack>
    </Fieldset>
  );
}

interface GroupsChoiceProps {
  accountId: string;
  chosen: readonly string[];
  choose: (agentGroupIds: string[]) => void;
}

function GroupsChoice({ accountId, chosen, choose }: GroupsChoiceProps) {
  const { data = [] } = useQuery(groupsQuery(accountId));
  const groups = data.map(({ agentGroupId, groupName }) => ({
    value: String(agentGroupId),
    label: groupName,
  }));
  // A deleted group must stay visible: without it, saving would widen the right to all groups.
  const deleted = chosen.filter(id => !groups.some(({ value }) => value === id));
  return (
    <MultiSelect
      label="Agent groups"
      description="The user sees only agents of these groups. Leave empty for all agents."
      placeholder={chosen.length === 0 ? 'All groups' : ''}
      data={[...groups, ...deleted.map(id => ({ value: id, label: `Group ${id}` }))]}
      value={[...chosen]}
      onChange={choose}
      searchable
      clearable
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ 'aria-label': 'All groups' }}
    />
  );
}
