// Step three: the link to the first report.
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useInstallation } from './installation.ts';

export function ReportStep({ accountId }: { accountId: string }) {
  const { data } = useInstallation();
  const account = data?.accounts.find(known => known.accountId === accountId);
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="lg">
        <div>
          <Title order={2} size="h4" mb={4}>
            {account?.hasSessions ? 'Your first report is ready' : 'The report fills up as events arrive'}
          </Title>
          <Text c="dimmed">
            One row per login: when, how long, which calls and states. The report is always up to date, and you can
            trace every number back to its events.
          </Text>
        </div>
        <Group>
          <Button
            component={Link}
            href={accountId === '' ? '/report' : `/report?account=${encodeURIComponent(accountId)}`}
            rightSection={<IconArrowRight size={18} aria-hidden />}
          >
            Open the report
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
