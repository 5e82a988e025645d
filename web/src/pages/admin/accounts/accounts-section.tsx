// The accounts with their time zones; administrators of all accounts add new ones.
import { Button, NumberInput, Select, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { mayAdminister, useSession } from '../../../api/session.ts';
import { TIME_ZONES } from '../../../format/time-zones.ts';
import { accountsQuery } from '../../../parts/account/account-choice.tsx';
import { EmptyState } from '../../../parts/frame/states.tsx';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';

interface Account {
  accountId: string;
  accountName: string;
  mainAccountId: string;
  timezone: string;
  feedTimezone: string;
  agentRule: string;
  keepMonths: number;
}

export function AccountsSection() {
  const session = useSession();
  const { data: accounts } = useSuspenseQuery(accountsQuery);
  const [edited, setEdited] = useState<{ account: Account | undefined }>();
  return (
    <SectionFrame
      title="Accounts"
      text="An account is one contact centre, with its own agents, feeds and time zones."
      action={
        session.isAdministrator && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited({ account: undefined })}>
            New account
          </Button>
        )
      }
    >
      {accounts.length === 0 ? (
        <EmptyState title="No account yet" text="An account is created when you connect its first feed." />
      ) : (
        <ScrollTable
          label="Accounts"
          minWidth={720}
          heads={['Account', 'ID', 'Report time zone', 'Feed time zone', 'Part of', 'Action']}
        >
          {accounts.map(account => (
            <Table.Tr key={account.accountId}>
              <Table.Td fw={600}>{account.accountName}</Table.Td>
              <Table.Td>{account.accountId}</Table.Td>
              <Table.Td>{account.timezone}</Table.Td>
              <Table.Td>{account.feedTimezone}</Table.Td>
              <Table.Td>
                {account.mainAccountId === account.accountId ? <Text c="dimmed">–</Text> : account.mainAccountId}
              </Table.Td>
              <Table.Td>
                {mayAdminister(session, account.accountId) ? (
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => setEdited({ account })}
                    aria-label={`Edit ${account.accountName}`}
                  >
                    Edit
                  </Button>
                ) : (
                  <Text c="dimmed">Read only</Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </ScrollTable>
      )}
      {edited && (
        <AccountForm
          account={edited.account}
          mainAccounts={
            session.isAdministrator
              ? accounts.filter(
                  ({ accountId, mainAccountId }) =>
                    accountId === mainAccountId && accountId !== edited.account?.accountId,
                )
              : []
          }
          close={() => setEdited(undefined)}
        />
      )}
    </SectionFrame>
  );
}

interface AccountFormProps {
  account: Account | undefined;
  /** Accounts that this one may become part of. */
  mainAccounts: readonly Account[];
  close: () => void;
}

function AccountForm({ account, mainAccounts, close }: AccountFormProps) {
  const [timezone, setTimezone] = useState(account?.timezone ?? 'UTC');
  const [feedTimezone, setFeedTimezone] = useState(account?.feedTimezone ?? 'America/New_York');
  const isOwnMain = account === undefined || account.mainAccountId === account.accountId;
  const [main, setMain] = useState<string | null>(isOwnMain ? null : account.mainAccountId);
  const saving = useSaving({
    save: (form: FormData) => {
      const accountId = account?.accountId ?? String(form.get('accountId')).trim();
      const body = {
        accountName: String(form.get('accountName')),
        agentRule: String(form.get('agentRule')),
        keepMonths: Number(form.get('keepMonths')),
        timezone,
        feedTimezone,
        ...(mainAccounts.length > 0 && { mainAccountId: main ?? '' }),
      };
      const params = { path: { accountId } };
      return answerOf(api.PUT('/api/v1/admin/accounts/{accountId}', { params, body }));
    },
    affects: [accountsQuery.queryKey[0] as string],
    done: (_, saved) => `Account ${saved.accountName} ${account === undefined ? 'created' : 'saved'}.`,
    after: close,
  });
  const error = (name: string) => fieldProblem(saving.error, name);
  return (
    <FormModal
      title={account === undefined ? 'New account' : `Edit ${account.accountName}`}
      yes={account === undefined ? 'Create account' : 'Save'}
      close={close}
      saving={saving}
      save={saving.mutate}
    >
      {account === undefined && (
        <TextInput
          name="accountId"
          label="ID"
          description="The account’s ID in the feed. It cannot be changed later."
          required
          withAsterisk={false}
          maxLength={256}
          autoComplete="off"
          error={error('accountId')}
        />
      )}
      <TextInput
        name="accountName"
        label="Name"
        defaultValue={account?.accountName === account?.accountId ? '' : account?.accountName}
        maxLength={256}
        autoComplete="off"
        error={error('accountName')}
      />
      <Select
        comboboxProps={{ withinPortal: false }}
        label="Report time zone"
        description="Used when a report does not name a time zone."
        data={TIME_ZONES.includes(timezone) ? TIME_ZONES : [timezone, ...TIME_ZONES]}
        value={timezone}
        onChange={zone => zone !== null && setTimezone(zone)}
        searchable
        allowDeselect={false}
        error={error('timezone')}
      />
      <Select
        comboboxProps={{ withinPortal: false }}
        label="Feed time zone"
        description="Used for times in a feed that have no time zone. RingCX uses New York time."
        data={TIME_ZONES.includes(feedTimezone) ? TIME_ZONES : [feedTimezone, ...TIME_ZONES]}
        value={feedTimezone}
        onChange={zone => zone !== null && setFeedTimezone(zone)}
        searchable
        allowDeselect={false}
        error={error('feedTimezone')}
      />
      <NumberInput
        name="keepMonths"
        label="Months to keep"
        description="Full months before the current one. Older events, sessions and raw inputs are deleted for good; the audit log announces it a week before. 0 keeps everything."
        defaultValue={account?.keepMonths ?? 0}
        min={0}
        max={1200}
        allowDecimal={false}
        error={error('keepMonths')}
      />
      {mainAccounts.length > 0 && (
        <Select
          comboboxProps={{ withinPortal: false }}
          label="Part of"
          description="Access to that account includes this one."
          placeholder="No other account"
          data={mainAccounts.map(({ accountId, accountName }) => ({ value: accountId, label: accountName }))}
          value={main}
          onChange={setMain}
          clearable
          clearButtonProps={{ 'aria-label': 'No other account' }}
          error={error('mainAccountId')}
        />
      )}
      <TextInput
        name="agentRule"
        label="Agent rule"
        description="A regular expression whose first group finds the agent’s ID in the name that the feed sends, such as ^SIP/(\d+). Usually empty."
        defaultValue={account?.agentRule}
        autoComplete="off"
        spellCheck={false}
        ff="monospace"
        error={error('agentRule')}
      />
    </FormModal>
  );
}
