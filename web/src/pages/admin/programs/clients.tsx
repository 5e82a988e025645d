// API clients: programs that may ask for platform tokens.
import { Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { formatDate } from '../../../format/dates.ts';
import { LOCAL_ZONE } from '../../../format/time-zones.ts';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { FormModal } from '../../../parts/forms/form-modal.tsx';
import { ListHead } from './list-head.tsx';
import { Loaded } from '../../../parts/frame/loaded.tsx';
import { fieldProblem } from '../../../parts/forms/problem.tsx';
import { ScrollTable } from '../../../parts/tables/scroll-table.tsx';
import type { Secret } from './secret.ts';
import { useSaving } from '../../../parts/forms/use-saving.ts';

const CLIENTS_KEY = 'clients';

export function Clients({ show }: { show: (secret: Secret) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const query = useQuery({
    queryKey: [CLIENTS_KEY],
    queryFn: () => answerOf(api.GET('/api/v1/admin/clients')),
  });
  const make = useSaving({
    save: (form: FormData) =>
      answerOf(api.POST('/api/v1/admin/clients', { body: { label: String(form.get('label')).trim() } })),
    concerns: [CLIENTS_KEY],
    after: ({ label, clientId, clientSecret }) => {
      setIsOpen(false);
      show({
        title: `API client ${label}`,
        values: [
          { label: 'Client id', value: clientId },
          { label: 'Client secret', value: clientSecret },
        ],
      });
    },
  });
  return (
    <Stack gap="sm">
      <ListHead title="API clients" button="New API client" open={() => setIsOpen(true)} />
      <Loaded query={query} label="Loading the API clients">
        {clients =>
          clients.length === 0 ? (
            <Text c="dimmed">There is no API client. A program needs one to ask for platform tokens.</Text>
          ) : (
            <ScrollTable label="API clients" minWidth={520} heads={['Name', 'Client id', 'Made', 'Action']}>
              {clients.map(client => (
                <ClientRow key={client.clientId} {...client} />
              ))}
            </ScrollTable>
          )
        }
      </Loaded>
      {isOpen && (
        <FormModal
          title="New API client"
          yes="Make the client"
          close={() => setIsOpen(false)}
          saving={make}
          save={make.mutate}
        >
          <TextInput
            name="label"
            label="Name"
            description="For people: which program it is."
            required
            withAsterisk={false}
            error={fieldProblem(make.error, 'label')}
          />
        </FormModal>
      )}
    </Stack>
  );
}

function ClientRow({ clientId, label, createdAt }: { clientId: string; label: string; createdAt: string }) {
  const remove = useSaving({
    save: () => api.DELETE('/api/v1/admin/clients/{clientId}', { params: { path: { clientId } } }),
    concerns: [CLIENTS_KEY],
    done: () => `The API client ${label} is deleted.`,
  });
  return (
    <Table.Tr>
      <Table.Td fw={600}>{label}</Table.Td>
      <Table.Td ff="monospace">{clientId}</Table.Td>
      <Table.Td>{formatDate(Date.parse(createdAt), LOCAL_ZONE)}</Table.Td>
      <Table.Td>
        <ConfirmButton
          label={`Delete the API client ${label}`}
          title={`Delete the API client ${label}?`}
          text="The program is refused from now on, and all tokens that it was given end at once."
          yes="Delete the client"
          saving={remove}
        >
          Delete
        </ConfirmButton>
      </Table.Td>
    </Table.Tr>
  );
}
