// Programs that sign in as RingCentral's clients do: API clients and JWT credentials.
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { CopyValue } from '../../../parts/forms/copy-value.tsx';
import { Clients } from './clients.tsx';
import { Credentials } from './credentials.tsx';
import type { Secret } from './secret.ts';
import { SectionFrame } from '../../../parts/frame/section-frame.tsx';
import { Window } from '../../../parts/dialogs/window.tsx';

export function ProgramsSection() {
  const [secret, setSecret] = useState<Secret>();
  return (
    <SectionFrame
      title="Programs"
      text="Programs written for RingCentral sign in here the same way: with an API client, and with a user’s password or JWT credential."
    >
      <Clients show={setSecret} />
      <Credentials show={setSecret} />
      <Window title={secret?.title ?? ''} isOpen={secret !== undefined} close={() => setSecret(undefined)}>
        <Stack>
          <Text>Copy this now. It is shown only once.</Text>
          {secret?.values.map(({ label, value }) => (
            <CopyValue key={label} label={label} value={value} />
          ))}
        </Stack>
      </Window>
    </SectionFrame>
  );
}
