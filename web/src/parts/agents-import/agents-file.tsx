// The choice of an agents file, with a template, what is wrong with the file, and what it changes or has changed.
import { Alert, Anchor, Code, FileInput, Stack } from '@mantine/core';
import { IconCircleCheck, IconFileTypeCsv } from '@tabler/icons-react';
import { FileProblem } from '../forms/file-problem.tsx';
import { AgentsPreview, countsText } from './agents-preview.tsx';
import type { useAgentsImport } from './use-agents-import.ts';

const COLUMNS = [
  'agent_id',
  'first_name',
  'last_name',
  'username',
  'email',
  'team',
  'agent_group_id',
  'agent_group_name',
  'external_agent_id',
  'valid_from',
];
const TEMPLATE_URL = `data:text/csv;charset=utf-8,${encodeURIComponent(`${COLUMNS.join(',')}\n`)}`;

export function AgentsFile({ agentsImport }: { agentsImport: ReturnType<typeof useAgentsImport> }) {
  const { file, choose, plan, imported, error } = agentsImport;
  return (
    <Stack gap="md">
      <FileInput
        label="CSV file"
        description={
          <>
            The first line names the columns. Only <Code>agent_id</Code> is required. A row applies from its{' '}
            <Code>valid_from</Code> date, or from now if it has none.
          </>
        }
        placeholder="Choose a file"
        accept=".csv,text/csv"
        leftSection={<IconFileTypeCsv size={20} stroke={1.6} aria-hidden />}
        clearable
        clearButtonProps={{ 'aria-label': 'Remove the file' }}
        value={file}
        onChange={choose}
        maw={560}
      />
      <Anchor size="sm" href={TEMPLATE_URL} download="agents.csv" w="fit-content">
        Download an empty file with all columns
      </Anchor>
      <FileProblem error={error} />
      {plan && <AgentsPreview plan={plan} />}
      <div role="status">
        {imported && (
          <Alert color="green" variant="outline" icon={<IconCircleCheck aria-hidden />} title="Imported">
            {countsText(imported)}.
          </Alert>
        )}
        {plan?.changes.length === 0 && 'The file changes nothing: all its values are already stored.'}
      </div>
    </Stack>
  );
}
