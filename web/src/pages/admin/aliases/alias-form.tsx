// Names that are one agent's, entered by hand.
import { Textarea, TextInput } from '@mantine/core';
import { addAliases, ALIASES_CONCERN, movedText } from '../../../parts/aliases/aliases.ts';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';

export function AliasForm({ accountId, close }: { accountId: string; close: () => void }) {
  const saving = useSaving({
    save: (form: FormData) => {
      const lines = String(form.get('aliases')).split('\n');
      const aliases = lines.map(line => line.trim()).filter(line => line !== '');
      return addAliases(accountId, String(form.get('agentId')).trim(), aliases);
    },
    concerns: ALIASES_CONCERN,
    done: (_, { movedEvents }) => movedText(movedEvents),
    after: close,
  });
  return (
    <FormModal title="Names of one agent" yes="Save" close={close} saving={saving} save={saving.mutate}>
      <TextInput
        name="agentId"
        label="Agent"
        description="The id by which reports name the agent, or its interface."
        placeholder="1004"
        required
        withAsterisk={false}
        maxLength={256}
        autoComplete="off"
      />
      <Textarea
        name="aliases"
        label="Names"
        description="As the feed writes them, one in a line."
        placeholder={'DANA REED\nLocal/1004@from-queue/n'}
        required
        withAsterisk={false}
        autosize
        minRows={3}
      />
    </FormModal>
  );
}
