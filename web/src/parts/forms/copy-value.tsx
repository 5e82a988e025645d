// A value to paste elsewhere, with a copy button.
import { Button, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './copy-value.module.css';

export interface CopyValueProps {
  label: string;
  value: string;
  /** Several lines, or a command. */
  isCode?: true;
}

export function CopyValue({ label, value, isCode }: CopyValueProps) {
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <pre className={classes.value} data-code={isCode}>
          {value}
        </pre>
        <CopyButton value={value} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              className={classes.button}
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              aria-label={copied ? `Copied: ${label}` : `Copy: ${label}`}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
