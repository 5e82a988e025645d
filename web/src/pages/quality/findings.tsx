// What the checks found in the sessions of a range, by severity; then the checks that found nothing.
import { Alert, Group, List, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error.ts';
import { answerOf, api } from '../../api/client.ts';
import { mayAdminister, useSession } from '../../api/session.ts';
import { formatDate } from '../../format/dates.ts';
import { dayIn } from '../../format/days.ts';
import { formatDuration } from '../../format/durations.ts';
import { counted } from '../../format/numbers.ts';
import type { ChosenAccount } from '../../parts/account/account-choice.tsx';
import { ErrorState, LoadingState } from '../../parts/frame/states.tsx';
import { urlText, useUrlState } from '../../parts/address/url-state.ts';
import { LikelyAliases } from '../../parts/aliases/likely-aliases.tsx';
import { type Finding, FindingCard } from './finding-card.tsx';
import { severityOf } from './severity.ts';

const FIELDS = { from: urlText(), to: urlText(), above: urlText() };

/** The API's default: unaccounted seconds of a session up to which there is no finding. */
const DEFAULT_ABOVE_SECONDS = '60';
/** Pause after the last key: each request checks all sessions of the range. */
const TYPING_MS = 400;

export function Findings({ account: { accountId } }: { account: ChosenAccount }) {
  const [{ from, to, above }, change] = useUrlState(FIELDS);
  const isAboveInvalid = above !== '' && !/^\d{1,7}$/.test(above);
  const [askedAbove] = useDebouncedValue(isAboveInvalid ? '' : above, TYPING_MS);
  const query = useQuery({
    queryKey: ['dataQuality', accountId, from, to, askedAbove],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/dataQuality', {
          params: {
            path: { accountId },
            query: {
              ...(from !== '' && { from }),
              ...(to !== '' && { to }),
              ...(askedAbove !== '' && { unaccountedAboveSeconds: Number(askedAbove) }),
            },
          },
          signal,
        }),
      ),
  });
  const { data, error } = query;
  const isRangeInvalid = error instanceof ApiError && error.code === 'START_AFTER_END';
  return (
    <Stack gap="lg">
      <Group gap="sm" align="flex-end">
        <TextInput
          type="date"
          label="From"
          value={from || (data ? dayIn(data.timezone, Date.parse(data.from)) : '')}
          onChange={event => change({ from: event.currentTarget.value })}
          error={isRangeInvalid ? 'The first day is after the last day.' : undefined}
        />
        <TextInput
          type="date"
          label="To"
          value={to || (data ? dayIn(data.timezone, Date.parse(data.to)) : '')}
          onChange={event => change({ to: event.currentTarget.value })}
        />
        <TextInput
          type="number"
          min={0}
          label="Unaccounted time over (seconds)"
          placeholder={DEFAULT_ABOVE_SECONDS}
          value={above}
          onChange={event => change({ above: event.currentTarget.value })}
          error={isAboveInvalid ? 'Enter whole seconds, from 0 to 9,999,999.' : undefined}
        />
        {data && (
          <Text size="sm" c="dimmed" pb={8}>
            Sessions that began from {formatDate(Date.parse(data.from), data.timezone)} to{' '}
            {formatDate(Date.parse(data.to), data.timezone)}, {data.timezone}
          </Text>
        )}
      </Group>
      {data ? (
        <Found
          {...data}
          from={dayIn(data.timezone, Date.parse(data.from))}
          to={dayIn(data.timezone, Date.parse(data.to))}
        />
      ) : error && !isRangeInvalid ? (
        <ErrorState error={error} retry={() => query.refetch()} />
      ) : (
        !isRangeInvalid && <LoadingState label="Checking the data" />
      )}
    </Stack>
  );
}

interface FoundProps {
  accountId: string;
  /** Days in the account's time zone, YYYY-MM-DD. */
  from: string;
  to: string;
  findings: readonly Finding[];
  withheld: readonly string[];
  timezone: string;
}

function Found({ accountId, from, to, findings, withheld, timezone }: FoundProps) {
  const mayChange = mayAdminister(useSession(), accountId);
  const found = findings
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => severityOf(a.key).order - severityOf(b.key).order);
  const clean = findings.filter(({ count }) => count === 0);
  return (
    <Stack gap="lg">
      {found.length === 0 && (
        <Alert variant="outline" color="green" icon={<IconCircleCheck aria-hidden />} title="No problems found">
          The data of this range passed all {clean.length} checks.
        </Alert>
      )}
      {found.map(finding => (
        <FindingCard key={finding.key} finding={finding} timezone={timezone}>
          {finding.key === 'LIKELY_ALIASES' && mayChange && (
            <LikelyAliases accountId={accountId} from={from} to={to} none="All of them have been joined." />
          )}
        </FindingCard>
      ))}
      {found.length > 0 && clean.length > 0 && (
        <div>
          <Title order={2} size="h5" mb="xs">
            Checks without findings
          </Title>
          <List size="sm" icon={<IconCircleCheck size={16} aria-hidden />} c="dimmed">
            {clean.map(({ key, title, toleratedMs }) => (
              <List.Item key={key}>
                {title}
                {toleratedMs > 0 &&
                  `: ${formatDuration(toleratedMs)} in total, too little in each session to be a finding`}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      {withheld.length > 0 && (
        <Text c="dimmed" size="sm">
          You may see the agents of some groups only. {counted(withheld.length, 'check')} of the agents of all groups{' '}
          {withheld.length === 1 ? 'is' : 'are'} not shown.
        </Text>
      )}
    </Stack>
  );
}
