// Saved views, the user's own and shared ones: open, save, share and delete.
import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBookmark, IconTrash, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, type FormEvent, useState } from 'react';
import { LazyWindow } from '../../../parts/dialogs/dialogs.ts';
import { useSearchParams } from 'wouter';
import { answerOf, api } from '../../../api/client.ts';

const PATH = '/api/v1/admin/accounts/{accountId}/savedViews';

function useViews(accountId: string) {
  const client = useQueryClient();
  const params = { path: { accountId } };
  const queryKey = [PATH, accountId];
  const done = () => client.invalidateQueries({ queryKey });
  const onError = ({ message }: Error) =>
    notifications.show({ color: 'red', title: 'The view was not saved or deleted', message });
  const views = useQuery({ queryKey, queryFn: () => answerOf(api.GET(PATH, { params })) });
  const save = useMutation({
    mutationFn: (body: { name: string; query: string; isShared: boolean }) =>
      answerOf(api.POST(PATH, { params, body })),
    onSuccess: done,
    onError,
  });
  const remove = useMutation({
    mutationFn: (viewId: string) =>
      answerOf(api.DELETE(`${PATH}/{viewId}`, { params: { path: { accountId, viewId } } })),
    onSuccess: done,
    onError,
  });
  return { views: views.data ?? [], save, remove };
}

export function SavedViewsMenu({ accountId }: { accountId: string }) {
  const [isOpen, setOpen] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [search, setSearch] = useSearchParams();
  const { views, save, remove } = useViews(accountId);
  const open = (query: string) => {
    setOpen(false);
    const address = new URLSearchParams(query);
    address.set('account', accountId);
    setSearch(address);
  };
  return (
    <>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={320} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="default"
            px={{ base: 10, sm: 'md' }}
            leftSection={<IconBookmark size={16} aria-hidden />}
            onClick={() => setOpen(!isOpen)}
          >
            Views
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Saved views">
          <Stack gap="xs">
            {views.length === 0 && (
              <Text size="sm" c="dimmed">
                No saved views yet. A view keeps days, filters, sort order and columns under a name.
              </Text>
            )}
            <ScrollArea.Autosize mah={320} type="auto">
              {views.map(view => (
                <Group key={view.viewId} gap={4} wrap="nowrap">
                  <Button
                    variant="subtle"
                    justify="flex-start"
                    flex={1}
                    size="sm"
                    onClick={() => open(view.query)}
                    rightSection={
                      view.isShared && <IconUsers size={14} aria-label={`Shared by ${view.username}`} role="img" />
                    }
                  >
                    {view.name}
                  </Button>
                  {view.mayChange && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`Delete ${view.name}`}
                      onClick={() => remove.mutate(view.viewId)}
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  )}
                </Group>
              ))}
            </ScrollArea.Autosize>
            <Button
              variant="light"
              onClick={() => {
                setOpen(false);
                setSaving(true);
              }}
            >
              Save this view
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Suspense>
        <LazyWindow isOpen={isSaving} close={() => setSaving(false)} title="Save this view">
          <SaveForm
            isBusy={save.isPending}
            onSave={given => save.mutate({ ...given, query: queryOf(search) }, { onSuccess: () => setSaving(false) })}
          />
        </LazyWindow>
      </Suspense>
    </>
  );
}

/** What the view keeps: everything but the account that it belongs to. */
function queryOf(search: URLSearchParams): string {
  const query = new URLSearchParams(search);
  query.delete('account');
  return query.toString();
}

interface SaveFormProps {
  isBusy: boolean;
  onSave: (given: { name: string; isShared: boolean }) => void;
}

function SaveForm({ isBusy, onSave }: SaveFormProps) {
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ name, isShared });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={200}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Checkbox
          label="Share with everyone who can read this account"
          description="Each user sees only the rows that they have rights for."
          checked={isShared}
          onChange={({ currentTarget }) => setShared(currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy} disabled={name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
