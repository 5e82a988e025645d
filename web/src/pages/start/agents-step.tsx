// Step two: who the agents are, from a CSV file, shown before anything is written.
import { Alert, Anchor, Button, Code, FileInput, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconFileTypeCsv } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { formatCount } from '../../format/numbers.ts';
import { AgentsPreview } from './agents-preview.tsx';
import { FileProblem } from './file-problem.tsx';
import { INSTALLATION_KEY } from './installation.ts';

const TEMPLATE = 'agent_id,first_name,last_name,username,team,agent_group_id,agent_group_name\n';

async function importAgents(accountId: string, file: File, preview: boolean) {
  const params = { path: { accountId }, query: { preview } };
  return answerOf(
    api.POST('/api/v1/admin/accounts/{accountId}/agentsImport', {
      params,
      // Its bytes as they are: the server finds out which encoding they are in.
      body: file as unknown as string,
      bodySerializer: bytes => bytes,
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
}

export function AgentsStep({ accountId, next }: { accountId: string; next: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const client = useQueryClient();
  const preview = useMutation({ mutationFn: (chosen: File) => importAgents(accountId, chosen, true) });
  const write = useMutation({
    mutationFn: (chosen: File) => importAgents(accountId, chosen, false),
    onSuccess: () => client.invalidateQueries({ queryKey: INSTALLATION_KEY }),
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    write.reset();
    preview.reset();
    if (chosen !== null) preview.mutate(chosen);
  };
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="lg">
        <div>
          <Title order={2} size="h4" mb={4}>
            Who are your agents?
          </Title>
          <Text c="dimmed">
            Feeds mostly send ids. A CSV file gives reports their names, teams and groups; nothing is written before you
            have seen what it changes.
          </Text>
        </div>
        <FileInput
          label="CSV file"
          description={
            <>
              The first line names the columns: <Code>agent_id</Code>, and any of <Code>first_name</Code>,{' '}
              <Code>last_name</Code>, <Code>username</Code>, <Code>team</Code>, <Code>agent_group_id</Code>,{' '}
              <Code>agent_group_name</Code> and others.
            </>
          }
          placeholder="Choose a file"
          accept=".csv,text/csv"
          leftSection={<IconFileTypeCsv size={20} stroke={1.6} aria-hidden />}
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          value={file}
          onChange={choose}
          maw={560}
        />
        <Text size="sm">
          <Anchor href={`data:text/csv;charset=utf-8,${encodeURIComponent(TEMPLATE)}`} download="agents.csv">
            Download an empty file with these columns
          </Anchor>
        </Text>
        <FileProblem error={preview.error ?? write.error} />
        {preview.data && !write.data && <AgentsPreview plan={preview.data} />}
        <div role="status">
          {write.data && (
            <Alert color="green" variant="outline" icon={<IconCircleCheck aria-hidden />} title="Imported">
              {formatCount(write.data.new)} new, {formatCount(write.data.changed)} changed,{' '}
              {formatCount(write.data.unchanged)} unchanged.
            </Alert>
          )}
        </div>
        <Group>
          {preview.data && file && !write.data && preview.data.changes.length > 0 && (
            <Button onClick={() => write.mutate(file)} loading={write.isPending}>
              Import {formatCount(preview.data.changes.length)} {preview.data.changes.length === 1 ? 'agent' : 'agents'}
            </Button>
          )}
          <Button onClick={next} variant={write.data ? 'filled' : 'default'}>
            {write.data ? 'Next: the report' : 'Skip'}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
