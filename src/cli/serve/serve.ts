// `offhook serve`: the server, its first user and its orderly end.
import { Command, Option } from 'commander';
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
import {
  dataDirOption,
  deleteAfterOption,
  example,
  portNumber,
  proxyNames,
  staleAfterOption,
  wholeNumber,
} from '../options.ts';
import { endSignal } from '../output.ts';
import { servedWeb } from './served-web.ts';

interface ServeOptions {
  port: number;
  host: string;
  dataDir: string;
  staleAfter: number;
  deleteAfter: number;
  trustedProxy: string[];
  auditKeepMonths: number;
  demo?: true;
  follow: FollowedFile[];
  eventSocket: EventSocket[];
}

export function serveCommand(version: string): Command {
  return new Command('serve')
    .description('run the server')
    .addOption(new Option('--port <number>', 'port').env('OFFHOOK_PORT').argParser(portNumber).default(8080, '8080'))
    .addOption(new Option('--host <address>', 'address').env('OFFHOOK_HOST').default('127.0.0.1'))
    .addOption(
      new Option('--trusted-proxy <network...>', 'proxies that say who their clients are, e.g. 10.0.0.0/8')
        .env('OFFHOOK_TRUSTED_PROXIES')
        .argParser((text: string, before: string[] = []) => [...before, ...proxyNames(text)])
        .default([], 'none'),
    )
    .addOption(
      new Option('--audit-keep-months <number>', 'months of the audit log that are kept; 0: all')
        .env('OFFHOOK_AUDIT_KEEP_MONTHS')
        .argParser(wholeNumber)
        .default(LIMITS.auditKeepMonths),
    )
    .addOption(dataDirOption())
    .addOption(staleAfterOption())
    .addOption(deleteAfterOption())
    .addOption(
      new Option('--follow <feed:account:file>', 'a log to follow; may be given several times')
        .argParser((text: string, before: FollowedFile[]) => [...before, followedFile(text)])
        .default([], 'none'),
    )
    .addOption(
      new Option('--event-socket <account:host:port>', 'a FreeSWITCH to listen to; may be given several times')
        .argParser((text: string, before: EventSocket[]) => [
          ...before,
          eventSocketOf(text, process.env.OFFHOOK_EVENT_SOCKET_PASSWORD),
        ])
        .default([], 'none'),
    )
    .option('--demo', 'fill an empty data directory with a simulated centre and keep it live')
    .addHelpText('after', example('./offhook serve --port 8080 --data-dir ./data'))
    .action((options: ServeOptions) => withOffhook(options.dataDir, offhook => serve(offhook, options, version)));
}

async function serve(offhook: Offhook, options: ServeOptions, version: string): Promise<void> {
  const address = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${options.port}`;
  const username = await firstUser(offhook);
  const ended = new AbortController();
  const demo = openDemo(offhook, Date.now);
  const access = openAccess(offhook.engine, openAudit(offhook.engine, Date.now), Date.now);
  // Half of the time in which a command starts is for what only this one needs.
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
    process.stdout.write(`Offhook ${version} listens on ${address}\n`);
    if (curl) process.stdout.write(`The demo's report:\n\n${curl}\n\n`);
    const say = (line: string) => process.stderr.write(`${line}\n`);
    if (!options.demo) demo.resume().catch((error: Error) => say(`The demo does not go on: ${error.message}`));
    const jobs = startJobs(offhook, access, options, say);
    try {
      await Promise.race([endSignal(), jobs.failed]);
      process.stdout.write('Ending: what was accepted is being stored.\n');
    } finally {
      ended.abort();
      await jobs.stop();
    }
  } finally {
    ended.abort();
    const cut = setTimeout(() => app.server.closeAllConnections(), LIMITS.shutdownMs);
    await app.close();
    clearTimeout(cut);
  }
}

/** Makes the first user where there is none, and says so; returns the administrator's name. */
async function firstUser({ engine }: Offhook): Promise<string> {
  const given = {
    username: process.env.OFFHOOK_ADMIN_USERNAME,
    password: process.env.OFFHOOK_ADMIN_PASSWORD,
  };
  const { username, generatedPassword } = await ensureFirstUser(engine, given, Date.now());
  if (generatedPassword !== undefined) {
    process.stdout.write(`First user: ${username}, password: ${generatedPassword} (printed only this once)\n`);
  }
  return username;
}

/** Why the server cannot listen, and how to fix it, by the system's word for it. */
const OWN_ADDRESS = 'Give an address of this machine with --host: 127.0.0.1, or 0.0.0.0 for all.';
const NOT_LISTENING: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  EACCES: ['may not be used by this user', 'Give a --port of 1024 or more.'],
  EADDRNOTAVAIL: ['is not an address of this machine', OWN_ADDRESS],
  ENOTFOUND: ['is not known', OWN_ADDRESS],
  EAI_AGAIN: ['is not known', OWN_ADDRESS],
};

function notListening(error: NodeJS.ErrnoException, { host, port }: ServeOptions): Error {
  const address = `${host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    const message = `Another process listens on ${address}.`;
    return new UserError('PORT_IN_USE', message, 'Stop it, or give another --port.');
  }
  const known = error.code === undefined ? undefined : NOT_LISTENING[error.code];
  if (known === undefined) return error;
  const [why, remedy] = known;
  return new UserError('ADDRESS_NOT_USABLE', `The address ${address} ${why}.`, remedy);
}
