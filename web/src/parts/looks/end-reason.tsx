// Why a session ended: a word with a colour and an explanation.
import { Badge, type MantineColor } from '@mantine/core';

interface EndReasonLook {
  label: string;
  color: MantineColor;
  meaning: string;
}

const END_REASONS: Readonly<Record<string, EndReasonLook>> = {
  NORMAL: { label: 'Logged out', color: 'gray', meaning: 'The agent logged out.' },
  OPEN: { label: 'Open', color: 'green', meaning: 'The agent is still logged in. Times run up to now.' },
  SUPERSEDED: {
    label: 'Superseded',
    color: 'yellow',
    meaning: 'No logout was received before the agent logged in again. The session ends at its last event.',
  },
  STALE: {
    label: 'No logout',
    color: 'orange',
    meaning: 'No logout and no further event was received. The session ends at its last event.',
  },
};

export function endReasonLook(endReason: string): EndReasonLook {
  return END_REASONS[endReason] ?? { label: endReason, color: 'gray', meaning: '' };
}

export function EndReason({ endReason }: { endReason: string }) {
  const { label, color, meaning } = endReasonLook(endReason);
  return (
    <Badge variant="outline" color={color} c="inherit" title={meaning}>
      {label}
    </Badge>
  );
}
