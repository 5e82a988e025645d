// `offhook serve`: starts the server, creates its first user and shuts it down.
import { type Command, Option } from 'commander';
import { openAccess } from '../../access/access.ts';
import { openAudit } from '../../access/audit/audit.ts';
import { startJobs } from '../../jobs/jobs.ts';
import { ensureFirstUser } from '../../access/users/users.ts';
import { UserError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import { type Offhook, withOffhook } from '../../pipeline.ts';
import { openDemo } from '../../simulate/demo.ts';
import type { FollowedFile } from '../../ingest/checkpoints.ts';
import { startDemo } from './demo.ts';
import { type EventSocket, eventSocketOf } from '../../jobs/event-socket.ts';
import { followedFile } from '../../jobs/follow.ts';
import { type DataDirOptions, dataCommand } from '../command.ts';
import { deleteAfterOption, portNumber, proxyNames, staleAfterOption, wholeNumber } from '../options.ts';
import { endSignal } from '../output.ts';
import { servedWeb } from './served-web.ts';

interface ServeOptions extends DataDirOptions {
  port: number;
  host: string;
  staleAfter: number;
  deleteAfter: number;
  trustedProxy: string[];
  auditKeepMonths: number;
  demo?: true;
  follow: FollowedFile[];
  eventSocket: EventSocket[];
}

export function serveCommand(version: string): Command {
  return dataCommand('serve', 'run the server', './offhook serve --port 8080 --data-dir ./data')
    .addOption(
      new Option('--port <number>', 'port to listen on')
        .env('OFFHOOK_PORT')
        .argParser(portNumber)
        .default(8080, '8080'),
    )
    .addOption(new Option('--host <address>', 'address to listen on').env('OFFHOOK_HOST').default('127.0.0.1'))
    .addOption(
      new Option('--trusted-proxy <network...>', 'proxies whose X-Forwarded-* headers are trusted, e.g. 10.0.0.0/8')
        .env('OFFHOOK_TRUSTED_PROXIES')
        .argParser((text: string, before: string[] = []) => [...before, ...proxyNames(text)])
        .default([], 'none'),
    )
    .addOption(
      new Option('--audit-keep-months <number>', 'months for which the audit log is kept; 0: for ever')
        .env('OFFHOOK_AUDIT_KEEP_MONTHS')
        .argParser(wholeNumber)
        .default(LIMITS.auditKeepMonths),
    )
    .addOption(staleAfterOption())
    .addOption(deleteAfterOption())
    .addOption(
      new Option('--follow <feed:account:file>', 'a log file to follow; can be repeated')
        .argParser((text: string, before: FollowedFile[]) => [...before, followedFile(text)])
        .default([], 'none'),
    )
    .addOption(
      new Option('--event-socket <account:host:port>', 'a FreeSWITCH event socket to listen to; can be repeated')
        .argParser((text: string, before: EventSocket[]) => [
          ...before,
          eventSocketOf(text, process.env.OFFHOOK_EVENT_SOCKET_PASSWORD),
        ])
        .default([], 'none'),
    )
    .option('--demo', 'load a simulated contact centre into an empty data directory and keep it running')
    .action((options: ServeOptions) => withOffhook(options.dataDir, offhook => serve(offhook, options, version)));
}

async function serve(offhook: Offhook, options: ServeOptions, version: string): Promise<void> {
  const address = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
  const username = await firstUser(offhook);
  const ended = new AbortController();
  const demo = openDemo(offhook, Date.now);
  const access = openAccess(offhook.engine, openAudit(offhook.engine, Date.now), Date.now);
  // Imported only here, because it doubles the start time of a command.
  const { buildApp } = await import('../../api/app.ts');
  const app = await buildApp(
    {
      offhook,
      now: Date.now,
      staleAfterMs: options.staleAfter,
      keepFormulas: process.env.OFFHOOK_CSV_RAW === '1',
      version,
      trustedProxies: options.trustedProxy,
      access,
      web: servedWeb(ended.signal),
      demo,
    },
    { level: 'warn', stream: process.stderr },
  );
  try {
    await app.listen({ port: options.port, host: options.host }).catch((error: NodeJS.ErrnoException) => {
      throw notListening(error, options);
    });
    const curl = options.demo && (await startDemo(offhook, demo, address, username, Date.now()));
    process.stdout.write(`Offhook ${version} is listening on ${address}\n`);
    if (curl) process.stdout.write(`To print the demo's report:\n\n${curl}\n\n`);
    const log = (line: string) => process.stderr.write(`${line}\n`);
    if (!options.demo) demo.resume().catch((error: Error) => log(`The demo could not be resumed: ${error.message}`));
    const { staleAfter: staleAfterMs, deleteAfter: deleteAfterMs } = options;
    const jobs = startJobs(offhook, access, { ...options, staleAfterMs, deleteAfterMs }, log);
    try {
      await Promise.race([endSignal(), jobs.failed, offhook.engine.failed]);
      process.stdout.write('Shutting down: accepted events are being stored.\n');
    } finally {
      ended.abort();
      await jobs.stop();
    }
  } finally {
    ended.abort();
    const timeout = setTimeout(() => app.server.closeAllConnections(), LIMITS.shutdownMs);
    await app.close();
    clearTimeout(timeout);
  }
}

/** Creates the first user if there is none and prints the generated password. Returns the administrator's name. */
async function firstUser({ engine }: Offhook): Promise<string> {
  const configured = {
    username: process.env.OFFHOOK_ADMIN_USERNAME,
    password: process.env.OFFHOOK_ADMIN_PASSWORD,
  };
  const { username, generatedPassword } = await ensureFirstUser(engine, configured, Date.now());
  if (generatedPassword !== undefined) {
    process.stdout.write(`First user: ${username}, password: ${generatedPassword} (shown only once)\n`);
  }
  return username;
}

const OWN_ADDRESS = 'Choose an address of this machine with --host: 127.0.0.1, or 0.0.0.0 for all addresses.';
/** Why the server cannot listen on an address, by error code of the system. */
const NOT_LISTENING: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EACCES: ['cannot be used without administrator rights', 'Choose a --port of 1024 or above.'],
  EADDRNOTAVAIL: ['does not belong to this machine', OWN_ADDRESS],
  ENOTFOUND: ['cannot be resolved', OWN_ADDRESS],
  EAI_AGAIN: ['cannot be resolved', OWN_ADDRESS],
};

function notListening(error: NodeJS.ErrnoException, { host, port }: ServeOptions): Error {
  const address = `${host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    const message = `Another process is already listening on ${address}.`;
    return new UserError('PORT_IN_USE', message, 'Stop that process, or choose another --port.');
  }
  const listed = error.code === undefined ? undefined : NOT_LISTENING[error.code];
  if (listed === undefined) return error;
  const [reason, remedy] = listed;
  return new UserError('ADDRESS_NOT_USABLE', `The address ${address} ${reason}.`, remedy);
}
