// All background work of a server: followed logs and event sockets, the session cache, retention, and the upkeep of sign-in data.
import type { Access } from '../access/access.ts';
import type { FollowedFile } from '../ingest/checkpoints.ts';
import type { Offhook } from '../pipeline.ts';
import { keepAccess } from './access-housekeeping.ts';
import { type EventSocket, listen } from './event-socket.ts';
import { follow } from './follow.ts';
import { runMaintenance } from './maintenance.ts';

export interface JobSettings {
  follow: readonly FollowedFile[];
  eventSocket: readonly EventSocket[];
  /** Silence after which a session without logout has ended. */
  staleAfter: number;
  /** Milliseconds between the announcement of a deletion and the deletion. */
  deleteAfter: number;
  /** Months of the audit log that are kept; 0: all. */
  auditKeepMonths: number;
}

export interface Jobs {
  /** Rejected when a followed log cannot be read any more. */
  failed: Promise<never>;
  /** Resolved when everything that was under way is stored. */
  stop: () => Promise<void>;
}

/** @param say prints a line for the operator */
export function startJobs(offhook: Offhook, access: Access, settings: JobSettings, say: (line: string) => void): Jobs {
  const ended = new AbortController();
  const following = Promise.all([
    ...settings.follow.map(file => follow(offhook, file, ended.signal)),
    ...settings.eventSocket.map(socket => listen(offhook, socket, ended.signal, say)),
  ]);
  const house = runMaintenance(
    offhook,
    { staleAfterMs: settings.staleAfter, deleteAfterMs: settings.deleteAfter },
    ended.signal,
    say,
  );
  const stopAccess = keepAccess(
    {
      engine: offhook.engine,
      audit: access.audit,
      now: Date.now,
      auditKeepMonths: settings.auditKeepMonths,
      flush: access.flush,
    },
    error => say(`Removing expired sign-in data failed and will be retried: ${(error as Error).message}`),
  );
  return {
    failed: following.then(() => new Promise<never>(() => {})),
    async stop() {
      ended.abort();
      await Promise.allSettled([house, stopAccess()]);
      await following;
    },
  };
}
