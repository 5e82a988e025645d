// When the session began and ended, how long it took, and why it ended.
import { Anchor, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { formatDate, formatInstant, formatTime } from '../../format/dates.ts';
import { sessionAddress } from '../../parts/address/session-address.ts';
import { EndReason } from '../../parts/looks/end-reason.tsx';
import { formatExactDuration } from '../../format/durations.ts';
import type { LoginSession } from './session-types.ts';

export function SessionHeader({ session }: { session: LoginSession }) {
  const { login, end, timezone, endReason, endReasonMeaning, nextLogin, accountId, agentGroupName } = session;
  const [fromMs, toMs] = [Date.parse(login), Date.parse(end)];
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="md" align="start">
        <Stack gap={2}>
          <Text fw={600} size="lg">
            {formatInstant(fromMs, timezone)} – {endText(session)}
          </Text>
          <Text c="dimmed" size="sm">
            {formatExactDuration(toMs - fromMs)} logged in · times in {timezone}
            {agentGroupName !== '' && ` · ${agentGroupName}`}
          </Text>
        </Stack>
        <Stack gap={4} maw={520}>
          <Group gap="xs">
            <EndReason endReason={endReason} />
            <Text size="sm" c="dimmed">
              Session {session.loginSessionId}
            </Text>
          </Group>
          <Text size="sm">
            {endReasonMeaning}{' '}
            {nextLogin && (
              <Anchor
                component={Link}
                href={sessionAddress({ accountId, loginSessionId: String(nextLogin.loginSessionId) })}
                inherit
                underline="always"
              >
                Next login: {formatInstant(Date.parse(nextLogin.login), timezone)}
              </Anchor>
            )}
          </Text>
        </Stack>
      </Group>
    </Paper>
  );
}

/** Without the date where the session began on the same day. */
function endText({ login, end, endReason, timezone }: LoginSession): string {
  if (endReason === 'OPEN') return 'now';
  const [fromMs, toMs] = [Date.parse(login), Date.parse(end)];
  const isSameDay = formatDate(fromMs, timezone) === formatDate(toMs, timezone);
  return isSameDay ? formatTime(toMs, timezone) : formatInstant(toMs, timezone);
}
