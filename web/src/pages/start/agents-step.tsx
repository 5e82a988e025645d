// Step two: names, teams and groups of the agents from a CSV file.
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { counted } from '../../format/numbers.ts';
import { AgentsFile } from '../../parts/agents-import/agents-file.tsx';
import { useAgentsImport } from '../../parts/agents-import/use-agents-import.ts';
import { INSTALLATION_KEY } from './installation.ts';

export function AgentsStep({ accountId, next }: { accountId: string; next: () => void }) {
  const client = useQueryClient();
  const agentsImport = useAgentsImport(accountId);
  const { plan, imported, importFile, isImporting } = agentsImport;
  useEffect(() => {
    if (imported) client.invalidateQueries({ queryKey: INSTALLATION_KEY });
  }, [imported, client]);
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="lg">
        <div>
          <Title order={2} size="h4" mb={4}>
            Who are your agents?
          </Title>
          <Text c="dimmed">
            Most feeds send only IDs. A CSV file adds names, teams and groups to the report. You see what the file
            changes before it is imported.
          </Text>
        </div>
        <AgentsFile agentsImport={agentsImport} />
        <Group>
          {plan && plan.changes.length > 0 && (
            <Button onClick={importFile} loading={isImporting}>
              Import {counted(plan.changes.length, 'agent')}
            </Button>
          )}
          <Button onClick={next} variant={imported ? 'filled' : 'default'}>
            {imported ? 'Next: the report' : 'Skip'}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
