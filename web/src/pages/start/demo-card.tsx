// The demo contact centre: loaded and removed with one click each.
import { Alert, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { api } from '../../api/client.ts';
import { accountsQuery, DEMO_ACCOUNT_ID, DemoBadge } from '../../parts/account/account-choice.tsx';
import { Problem } from '../../parts/forms/problem.tsx';
import { INSTALLATION_KEY, useInstallation } from './installation.ts';

export function DemoCard() {
  const client = useQueryClient();
  const { data } = useInstallation();
  const refresh = { onSettled: () => client.invalidateQueries({ queryKey: INSTALLATION_KEY }) };
  const load = useMutation({ mutationFn: () => api.POST('/api/v1/admin/demo'), ...refresh });
  const remove = useMutation({ mutationFn: () => api.DELETE('/api/v1/admin/demo'), ...refresh });
  const state = remove.isPending ? 'REMOVING' : (data?.demo.state ?? 'ABSENT');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state says whether there is a demo account
  useEffect(() => {
    client.invalidateQueries({ queryKey: accountsQuery.queryKey });
  }, [client, state]);
  const error = load.error ?? remove.error;
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-labelledby="demo-title">
      <Stack gap="md">
        <Group gap="sm">
          <Title order={2} size="h4" id="demo-title">
            Demo contact centre
          </Title>
          {state === 'LIVE' && <DemoBadge />}
        </Group>
        <Text c="dimmed">
          Fifty simulated agents with two weeks of history, who keep working while the server runs. The demo is an
          account of its own, marked “Demo” on every page. Your data is not touched.
        </Text>
        <Problem error={error} title={load.error ? 'The demo was not loaded' : 'The demo was not removed'} />
        {state === 'FAILED' && (
          <Alert color="red" variant="outline" role="alert" title="The demo was not loaded">
            {data?.demo.problem}
          </Alert>
        )}
        <div role="status">
          {state === 'LOADING' && <Loading progress={data?.demo.progress ?? 0} />}
          {state === 'REMOVING' && <Text>Removing the demo…</Text>}
        </div>
        <Group gap="sm">
          {state === 'LIVE' ? (
            <>
              <Button component={Link} href={`/report?account=${DEMO_ACCOUNT_ID}`}>
                Open the demo report
              </Button>
              <Button
                variant="default"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => remove.mutate()}
              >
                Remove the demo
              </Button>
            </>
          ) : (
            (state === 'ABSENT' || state === 'FAILED') && (
              <Button
                variant="light"
                leftSection={<IconPlayerPlay size={16} aria-hidden />}
                onClick={() => load.mutate()}
                loading={load.isPending}
              >
                Load the demo
              </Button>
            )
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

function Loading({ progress }: { progress: number }) {
  const percent = Math.round(progress * 100);
  return (
    <Stack gap={6}>
      <Text size="sm">Loading two weeks of history: {percent}%</Text>
      <Progress value={percent} aria-label="Loading the demo" animated />
    </Stack>
  );
}
