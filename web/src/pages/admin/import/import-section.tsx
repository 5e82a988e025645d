// Agents from a CSV file: first what it would change, then the import.
import { Button, Group } from '@mantine/core';
import { counted } from '../../../format/numbers.ts';
import { useAccount } from '../../../parts/account/account-choice.tsx';
import { AgentsFile } from '../../../parts/agents-import/agents-file.tsx';
import { useAgentsImport } from '../../../parts/agents-import/use-agents-import.ts';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';

export function ImportSection() {
  const { accountId, accountName } = useAccount();
  const agentsImport = useAgentsImport(accountId);
  const { plan, importFile, isImporting, choose } = agentsImport;
  return (
    <SectionFrame
      title="Import agents"
      text={`Names, teams and groups of the agents of ${accountName}, from a CSV file. You see what the file changes before it is imported. Agents that are not in the file stay as they are.`}
    >
      <AgentsFile agentsImport={agentsImport} />
      {plan && plan.changes.length > 0 && (
        <Group>
          <Button onClick={importFile} loading={isImporting}>
            Import {counted(plan.changes.length, 'change')}
          </Button>
          <Button variant="default" onClick={() => choose(null)}>
            Cancel
          </Button>
        </Group>
      )}
    </SectionFrame>
  );
}
