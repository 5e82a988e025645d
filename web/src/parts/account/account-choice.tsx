// The account that a page shows: the one in the address, else the one chosen last.
import { Badge, Group, Select } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { answerOf, api } from '../../api/client.ts';

export interface ChosenAccount {
  accountId: string;
  accountName: string;
  /** Of reports that name no zone. */
  timezone: string;
  /** Simulated by the demo. */
  isDemo: boolean;
}

/** The id of the demo's account. */
export const DEMO_ACCOUNT_ID = 'demo';

/** All accounts that the user may read. */
export const accountsQuery = {
  queryKey: ['/api/v1/admin/accounts'],
  queryFn: () => answerOf(api.GET('/api/v1/admin/accounts')),
};

export function useAccounts(): ChosenAccount[] {
  return useSuspenseQuery(accountsQuery).data.map(({ accountId, accountName, timezone }) => ({
    accountId,
    accountName,
    timezone,
    isDemo: accountId === DEMO_ACCOUNT_ID,
  }));
}

/** For pages of an account, which the shell shows only if there is one. */
export function useAccount(): ChosenAccount {
  return useChoice().account as ChosenAccount;
}

function useChoice() {
  const accounts = useAccounts();
  const [search, setSearch] = useSearchParams();
  const [last, setLast] = useLocalStorage({
    key: 'offhook.account',
    defaultValue: '',
    getInitialValueInEffect: false,
  });
  const named = (id: string | null) => accounts.find(({ accountId }) => accountId === id);
  const account = named(search.get('account')) ?? named(last) ?? accounts[0];
  const choose = (accountId: string) => {
    setLast(accountId);
    // Filters are dropped: they name agents and groups of the previous account.
    setSearch(new URLSearchParams({ account: accountId }));
  };
  return { accounts, account, choose };
}

export function AccountChoice() {
  const { accounts, account, choose } = useChoice();
  if (account === undefined) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      {account.isDemo && <DemoBadge />}
      <Select
        aria-label="Account"
        size="sm"
        maw={{ base: 150, sm: 260 }}
        allowDeselect={false}
        searchable={accounts.length > 8}
        data={accounts.map(({ accountId, accountName }) => ({ value: accountId, label: accountName }))}
        value={account.accountId}
        onChange={id => id !== null && choose(id)}
      />
    </Group>
  );
}

export function DemoBadge() {
  return (
    <Badge color="yellow.4" c="black" variant="filled" title="Simulated agents and calls">
      Demo
    </Badge>
  );
}
