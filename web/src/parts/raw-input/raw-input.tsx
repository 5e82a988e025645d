// The input of a feed: formatted to be read, or exactly as it was received.
import { Button, CopyButton, Group, SegmentedControl, Stack } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { prettyInput } from '../../format/pretty-input.ts';
import classes from './raw-input.module.css';

export function RawInput({ raw }: { raw: string }) {
  const [form, setForm] = useState('formatted');
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label="How the input is shown"
          value={form}
          onChange={setForm}
          data={[
            { value: 'formatted', label: 'Formatted' },
            { value: 'received', label: 'As received' },
          ]}
        />
        <CopyButton value={raw} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="compact-sm"
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
        <pre className={classes.input}>{form === 'received' ? raw : prettyInput(raw)}</pre>
      </section>
    </Stack>
  );
}
