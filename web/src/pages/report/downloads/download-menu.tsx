// The download menu, and the running download with its size so far and a cancel button.
import { Button, Checkbox, CloseButton, Group, Loader, Menu, Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../api/api-error.ts';
import { formatBytes } from '../../../format/sizes.ts';
import { DOWNLOAD_TYPES, downloadReport, type DownloadType } from './download.ts';
import classes from './download-menu.module.css';
import type { Criteria } from '../report-fields.ts';

interface DownloadMenuProps {
  accountId: string;
  criteria: Criteria;
  isDisabled: boolean;
}

interface Running {
  type: DownloadType;
  bytes: number;
}

export function DownloadMenu({ accountId, criteria, isDisabled }: DownloadMenuProps) {
  const [isZipped, setZipped] = useState(false);
  const [running, setRunning] = useState<Running>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function start(type: DownloadType): Promise<void> {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setRunning({ type, bytes: 0 });
    try {
      const onBytes = (bytes: number) => setRunning({ type, bytes });
      const name = await downloadReport({ accountId, criteria, type, isZipped, signal, onBytes });
      notifications.show({ color: 'green', title: 'Downloaded', message: name });
    } catch (error) {
      if (!signal.aborted) notifications.show({ color: 'red', ...failure(error as Error), autoClose: false });
    } finally {
      setRunning(undefined);
    }
  }

  return (
    <>
      <Menu position="bottom-end" shadow="md" width={250} closeOnItemClick>
        <Menu.Target>
          <Button
            px={{ base: 10, sm: 'md' }}
            leftSection={<IconDownload size={16} aria-hidden />}
            disabled={isDisabled || running !== undefined}
          >
            Download
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>All rows, filtered and sorted as here</Menu.Label>
          {Object.entries(DOWNLOAD_TYPES).map(([type, label]) => (
            <Menu.Item key={type} onClick={() => start(type as DownloadType)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Checkbox
            size="xs"
            m="xs"
            label="As a ZIP file"
            checked={isZipped}
            onChange={({ currentTarget }) => setZipped(currentTarget.checked)}
          />
        </Menu.Dropdown>
      </Menu>
      {running && (
        <Paper className={classes.running} shadow="lg" withBorder p="sm" role="status">
          <Group gap="sm" wrap="nowrap">
            <Loader size="sm" aria-hidden />
            <div>
              <Text size="sm" fw={600}>
                Downloading {DOWNLOAD_TYPES[running.type]}
              </Text>
              <Text size="sm" c="dimmed">
                {running.bytes === 0 ? 'Preparing the report' : `${formatBytes(running.bytes)} so far`}
              </Text>
            </div>
            <CloseButton aria-label="Cancel the download" onClick={() => stop.current?.abort()} />
          </Group>
        </Paper>
      )}
    </>
  );
}

function failure(error: Error): { title: string; message: string } {
  return error instanceof ApiError
    ? { title: error.message, message: error.details }
    : { title: 'Download interrupted', message: 'No file was saved. Check the connection and try again.' };
}
