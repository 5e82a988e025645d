// The state of the connection, and the time of the last update.
import { Tooltip } from '@mantine/core';
import { formatTime } from '../../format/dates.ts';
import classes from './live.module.css';
import type { LivePicture } from './stream/live-stream.ts';

const STATUS_TEXTS = { connecting: 'Connecting…', live: 'Live', reconnecting: 'Reconnecting…' } as const;

export function LiveStatus({ picture, timezone }: { picture: LivePicture; timezone: string }) {
  const { status, agents, serverMs } = picture;
  const last = agents && `Last update ${formatTime(serverMs, timezone)}`;
  return (
    <Tooltip label={last ?? 'No data yet'}>
      <span className={classes.status} data-status={status}>
        <span className={classes.dot} aria-hidden />
        <span role="status">{STATUS_TEXTS[status]}</span>
        {status === 'reconnecting' && <span className={classes.lastUpdate}>{last}</span>}
      </span>
    </Tooltip>
  );
}
