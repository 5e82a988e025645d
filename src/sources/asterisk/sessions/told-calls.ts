// A call as the events of a session name it.
import type { QueueLine } from '../queue-line.ts';

export const inbound = ({ queue }: QueueLine, callId: string) => ({
  ...({ callId, callDirection: 'INBOUND', queueId: queue, queueName: queue } as const),
});
export const outbound = ({ queue }: QueueLine, callId: string) => ({
  ...({ callId, callDirection: 'OUTBOUND', queueId: queue, queueName: queue } as const),
});
