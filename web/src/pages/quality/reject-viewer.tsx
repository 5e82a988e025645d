// One input that could not be used: why, and the input itself, easy to read or exactly as it came.
import { Button, CopyButton, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../../api/client.ts';
import { formatInstant } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { Loaded } from '../../parts/frame/loaded.tsx';
import { prettyInput } from './pretty-input.ts';
import { reasonName } from './reasons.ts';
import classes from './reject-viewer.module.css';
import { Window } from '../../parts/dialogs/window.tsx';

interface RejectViewerProps {
  accountId: string;
  timezone: string;
  rejectId: string;
  close: () => void;
}

export function RejectViewer({ accountId, timezone, rejectId, close }: RejectViewerProps) {
  const [form, setForm] = useState('pretty');
  const query = useQuery({
    queryKey: ['rejects', accountId, 'one', rejectId],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/admin/accounts/{accountId}/rejects/{rejectId}', {
          params: { path: { accountId, rejectId } },
        }),
      ),
  });
  return (
    <Window title="Rejected input" isOpen close={close} size="xl">
      <Loaded query={query} label="Loading the input">
        {reject => (
          <Stack gap="md">
            <div>
              <Text fw={600}>{reasonName(reject.reason)}</Text>
              <Text>{reject.detail}</Text>
              <Text size="sm" c="dimmed">
                {reject.source}, line {formatCount(reject.position)}, came{' '}
                {formatInstant(Date.parse(reject.receivedAt), timezone)}, {formatCount(reject.rawChars)} characters
                {reject.accountId === '' && ', names no account'}
              </Text>
            </div>
            <Group justify="space-between" gap="sm">
              <SegmentedControl
                aria-label="Form"
                value={form}
                onChange={setForm}
                data={[
                  { value: 'pretty', label: 'Easy to read' },
                  { value: 'raw', label: 'As received' },
                ]}
              />
              <CopyButton value={reject.raw} timeout={2000}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    onClick={copy}
                    leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                  >
                    {copied ? 'Copied' : 'Copy as received'}
                  </Button>
                )}
              </CopyButton>
            </Group>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also with the keyboard */}
            <section className={classes.box} tabIndex={0} aria-label="Input">
              <pre className={classes.input}>{form === 'raw' ? reject.raw : prettyInput(reject.raw)}</pre>
            </section>
          </Stack>
        )}
      </Loaded>
    </Window>
  );
}
