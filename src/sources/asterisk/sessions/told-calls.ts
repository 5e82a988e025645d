// A call as the events of a session name it.
import type { QueueLine } from '../queue-line.ts';

export const inbound = ({ queue }: QueueLine, callId: string) => ({
  callId,
  callDirection: 'INBOUND' as const,
  queueId: queue,
  queueName: queue,
});
export const outbound = ({ queue }: QueueLine, callId: string) => ({
  callId,
  callDirection: 'OUTBOUND' as const,
  queueId: queue,
  queueName: queue,
});
