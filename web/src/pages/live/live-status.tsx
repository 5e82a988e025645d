// Whether the page is live, in a word, and when it last was.
import { Tooltip } from '@mantine/core';
import { formatTime } from '../../format/dates.ts';
import classes from './live.module.css';
import type { LivePicture } from './stream/live-stream.ts';

const WORDS = { connecting: 'Connecting…', live: 'Live', reconnecting: 'Reconnecting…' } as const;

export function LiveStatus({ picture, timezone }: { picture: LivePicture; timezone: string }) {
  const { status, agents, serverMs } = picture;
  const last = agents && `Last update ${formatTime(serverMs, timezone)}`;
  return (
    <Tooltip label={last ?? 'Nothing has come yet'}>
      <span className={classes.status} data-status={status}>
        <span className={classes.dot} aria-hidden />
        <span role="status">{WORDS[status]}</span>
        {status === 'reconnecting' && <span className={classes.lastUpdate}>{last}</span>}
      </span>
    </Tooltip>
  );
}
