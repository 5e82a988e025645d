// Starts and stops the background work of a server: followed logs, event sockets and maintenance.
import type { Access } from '../access/access.ts';
import type { FollowedFile } from '../ingest/checkpoints.ts';
import type { Offhook } from '../pipeline.ts';
import { runAccessMaintenance } from './access-maintenance.ts';
import { type EventSocket, listen } from './event-socket.ts';
import { follow } from './follow.ts';
import { type MaintenanceSettings, runMaintenance } from './maintenance.ts';

export interface JobSettings extends MaintenanceSettings {
  follow: readonly FollowedFile[];
  eventSocket: readonly EventSocket[];
  /** Months for which the audit log is kept; 0: for ever. */
  auditKeepMonths: number;
}

export interface Jobs {
  /** Rejected when a followed log can no longer be read. */
  failed: Promise<never>;
  /** Resolved when all work in progress is stored. */
  stop: () => Promise<void>;
}

/** @param log prints a line for the administrator */
export function startJobs(offhook: Offhook, access: Access, settings: JobSettings, log: (line: string) => void): Jobs {
  const ended = new AbortController();
  const following = Promise.all([
    ...settings.follow.map(file => follow(offhook, file, ended.signal)),
    ...settings.eventSocket.map(socket => listen(offhook, socket, ended.signal, log)),
  ]);
  const maintenance = runMaintenance(offhook, settings, ended.signal, log);
  const stopAccessMaintenance = runAccessMaintenance(
    {
      engine: offhook.engine,
      audit: access.audit,
      now: Date.now,
      auditKeepMonths: settings.auditKeepMonths,
      flush: access.flush,
    },
    error => log(`Deleting expired sign-in data failed and will be retried: ${(error as Error).message}`),
  );
  return {
    failed: following.then(() => new Promise<never>(() => {})),
    async stop() {
      ended.abort();
      await Promise.allSettled([maintenance, stopAccessMaintenance()]);
      await following;
    },
  };
}
