// The input that an event was made of: easy to read, and exactly as it was received.
import { Button, CopyButton, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatInstant } from '../../../format/dates.ts';
import { ErrorState, LoadingState } from '../../../parts/frame/states.tsx';
import classes from './raw-input.module.css';
import { rawQuery, type SessionId } from '../session-queries.ts';

type Form = 'pretty' | 'received';

export function RawInput({ id, eventId, timezone }: { id: SessionId; eventId: string; timezone: string }) {
  const { data, error, refetch } = useQuery(rawQuery({ ...id, eventId }));
  const [form, setForm] = useState<Form>('pretty');
  if (error) return <ErrorState error={error} retry={refetch} />;
  if (data === undefined) return <LoadingState label="Loading the input" />;
  const { raw, source, receivedAt } = data;
  if (raw === '') {
    return (
      <Text size="sm" c="dimmed">
        This event came without an input: it was simulated, not received.
      </Text>
    );
  }
  const pretty = prettyJson(raw);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        {pretty !== undefined && (
          <SegmentedControl
            size="xs"
            aria-label="Form of the input"
            data={[
              { value: 'pretty', label: 'Pretty' },
              { value: 'received', label: 'As received' },
            ]}
            value={form}
            onChange={value => setForm(value as Form)}
          />
        )}
        <CopyButton value={raw}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy as received'}
            </Button>
          )}
        </CopyButton>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.frame} tabIndex={0} aria-label="Input">
        <pre className={classes.raw}>{pretty !== undefined && form === 'pretty' ? pretty : raw}</pre>
      </section>
      <Text size="xs" c="dimmed">
        From {source}, received {formatInstant(Date.parse(receivedAt), timezone)}
      </Text>
    </Stack>
  );
}

/** Undefined where it is no JSON. */
function prettyJson(raw: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(raw), undefined, 2);
  } catch {
    return undefined;
  }
}
