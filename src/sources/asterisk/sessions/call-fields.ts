// The fields by which events name an inbound or outbound call.
import type { QueueLine } from '../queue-line.ts';

export const inboundCall = ({ queue }: QueueLine, callId: string) => ({
  callId,
  callDirection: 'INBOUND' as const,
  queueId: queue,
  queueName: queue,
});
export const outboundCall = ({ queue }: QueueLine, callId: string) => ({
  callId,
  callDirection: 'OUTBOUND' as const,
  queueId: queue,
  queueName: queue,
});
