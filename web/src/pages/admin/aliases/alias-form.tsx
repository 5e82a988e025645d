// Names of one agent, entered by hand.
import { Textarea, TextInput } from '@mantine/core';
import { addAliases, ALIAS_DEPENDENTS, movedText } from '../../../parts/aliases/aliases.ts';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';

export function AliasForm({ accountId, close }: { accountId: string; close: () => void }) {
  const saving = useSaving({
    save: (form: FormData) => {
      const lines = String(form.get('aliases')).split('\n');
      const aliases = lines.map(line => line.trim()).filter(line => line !== '');
      return addAliases(accountId, String(form.get('agentId')).trim(), aliases);
    },
    affects: ALIAS_DEPENDENTS,
    done: (_, { movedEvents }) => movedText(movedEvents),
    after: close,
  });
  return (
    <FormModal title="Names of one agent" yes="Save" close={close} saving={saving} save={saving.mutate}>
      <TextInput
        name="agentId"
        label="Agent"
        description="The agent’s ID in reports, or the agent’s interface."
        placeholder="1004"
        required
        withAsterisk={false}
        maxLength={256}
        autoComplete="off"
      />
      <Textarea
        name="aliases"
        label="Names"
        description="As the feed sends them, one per line."
        placeholder={'DANA REED\nLocal/1004@from-queue/n'}
        required
        withAsterisk={false}
        autosize
        minRows={3}
      />
    </FormModal>
  );
}
