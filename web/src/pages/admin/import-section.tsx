// Agents from a CSV file: shown what it would change, then written.
import { Alert, Anchor, Button, FileInput, Group, Stack } from '@mantine/core';
import { IconCircleCheck, IconFileTypeCsv } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { formatCount } from '../../format/numbers.ts';
import { useAccount } from '../../parts/account-choice.tsx';
import { AgentsPreview } from '../start/agents-preview.tsx';
import { FileProblem } from '../start/file-problem.tsx';
import { AGENTS_KEY } from './agent-form.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSaving } from './use-saving.ts';

const TEMPLATE =
  'agent_id,first_name,last_name,username,email,team,agent_group_id,agent_group_name,external_agent_id,valid_from\n';

async function importAgents(accountId: string, file: File, preview: boolean) {
  return answerOf(
    api.POST('/api/v1/admin/accounts/{accountId}/agentsImport', {
      params: { path: { accountId }, query: { preview } },
      // Its bytes as they are: the server finds out which encoding they are in.
      body: file as unknown as string,
      bodySerializer: bytes => bytes,
      headers: { 'Content-Type': 'text/csv' },
    }),
  );
}

export function ImportSection() {
  const { accountId, accountName } = useAccount();
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({ mutationFn: (chosen: File) => importAgents(accountId, chosen, true) });
  const write = useSaving({
    save: (chosen: File) => importAgents(accountId, chosen, false),
    concerns: [AGENTS_KEY, 'agentGroups'],
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    preview.reset();
    write.reset();
    if (chosen !== null) preview.mutate(chosen);
  };
  const changes = preview.data?.changes.length ?? 0;
  return (
    <SectionFrame
      title="Import agents"
      text={`Names, teams and groups of the agents of ${accountName}, from a CSV file. Nothing is written before you have seen what it changes; agents that are not in the file stay as they are.`}
    >
      <Stack gap="md">
        <FileInput
          label="CSV file"
          description="The first line names the columns; agent_id must be among them. A row holds from its valid_from on, or from now on."
          placeholder="Choose a file"
          accept=".csv,text/csv"
          leftSection={<IconFileTypeCsv size={20} stroke={1.6} aria-hidden />}
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file away' }}
          value={file}
          onChange={choose}
          maw={560}
        />
        <Anchor
          size="sm"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(TEMPLATE)}`}
          download="agents.csv"
          w="fit-content"
        >
          Download an empty file with these columns
        </Anchor>
        <FileProblem error={preview.error ?? write.error} />
        {preview.data && !write.data && <AgentsPreview plan={preview.data} />}
        <div role="status">
          {write.data && (
            <Alert color="green" variant="outline" icon={<IconCircleCheck aria-hidden />} title="Imported">
              {formatCount(write.data.new)} new, {formatCount(write.data.changed)} changed,{' '}
              {formatCount(write.data.unchanged)} unchanged.
            </Alert>
          )}
          {preview.data && changes === 0 && !write.data && 'The file says what is known already.'}
        </div>
        {file && changes > 0 && !write.data && (
          <Group>
            <Button onClick={() => write.mutate(file)} loading={write.isPending}>
              Import {formatCount(changes)} {changes === 1 ? 'change' : 'changes'}
            </Button>
            <Button variant="default" onClick={() => choose(null)}>
              Cancel
            </Button>
          </Group>
        )}
      </Stack>
    </SectionFrame>
  );
}
