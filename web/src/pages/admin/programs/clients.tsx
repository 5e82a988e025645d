// API clients: programs that may request platform tokens.
import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../../api/client.ts';
import { formatDate } from '../../../format/dates.ts';
import { LOCAL_ZONE } from '../../../format/time-zones.ts';
import { ConfirmButton } from '../../../parts/forms/confirm-button.tsx';
import { useSaving } from '../../../parts/forms/use-saving.ts';
import { NamedList } from './named-list.tsx';
import type { Secret } from './secret.ts';

const CLIENTS_KEY = 'clients';

export function Clients({ show }: { show: (secret: Secret) => void }) {
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({
    queryKey: [CLIENTS_KEY],
    queryFn: () => answerOf(api.GET('/api/v1/admin/clients')),
  });
  const create = useSaving({
    save: (form: FormData) =>
      answerOf(api.POST('/api/v1/admin/clients', { body: { label: String(form.get('label')).trim() } })),
    affects: [CLIENTS_KEY],
    after: ({ label, clientId, clientSecret }) => {
      setOpen(false);
      show({
        title: `API client ${label}`,
        values: [
          { label: 'Client ID', value: clientId },
          { label: 'Client secret', value: clientSecret },
        ],
      });
    },
  });
  return (
    <NamedList
      title="API clients"
      one="API client"
      none="No API clients yet. A program needs one to request platform tokens."
      heads={['Name', 'Client ID', 'Created', 'Action']}
      query={query}
      row={client => <ClientRow key={client.clientId} {...client} />}
      isOpen={isOpen}
      setOpen={setOpen}
      create={create}
    />
  );
}

function ClientRow({ clientId, label, createdAt }: { clientId: string; label: string; createdAt: string }) {
  const remove = useSaving({
    save: () => api.DELETE('/api/v1/admin/clients/{clientId}', { params: { path: { clientId } } }),
    affects: [CLIENTS_KEY],
    done: () => `API client ${label} deleted.`,
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
          text="The program can no longer sign in, and all its tokens stop working at once."
          yes="Delete the client"
          saving={remove}
        >
          Delete
        </ConfirmButton>
      </Table.Td>
    </Table.Tr>
  );
}
