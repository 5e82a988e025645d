// `offhook serve`: the server, its first user and its orderly end.
import { Command, Option } from 'commander';
import { authenticator } from '../access/authenticate.ts';
import { ensureFirstUser } from '../access/users.ts';
import { buildApp } from '../api/app.ts';
import { UserError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { openOffhook } from '../pipeline.ts';
import { dataDirOption, example, staleAfterOption, wholeNumber } from './options.ts';

interface ServeWords {
  port: number;
  host: string;
  dataDir: string;
  staleAfter: number;
}

export function serveCommand(version: string): Command {
  return new Command('serve')
    .description('run the server')
    .addOption(
      new Option('--port <number>', 'port').env('OFFHOOK_PORT').argParser(wholeNumber).default(8080, '8080'),
    )
    .addOption(new Option('--host <address>', 'address').env('OFFHOOK_HOST').default('127.0.0.1'))
    .addOption(dataDirOption())
    .addOption(staleAfterOption())
    .addHelpText('after', example('./offhook serve --port 8080 --data-dir ./data'))
    .action((words: ServeWords) => serve(words, version));
}

async function serve(words: ServeWords, version: string): Promise<void> {
  const offhook = await openOffhook(words.dataDir);
  try {
    await announceFirstUser(offhook.engine);
    const app = await buildApp(
      {
        offhook,
        authenticate: authenticator(offhook.engine, Date.now),
        now: Date.now,
        staleAfterMs: words.staleAfter,
        keepFormulas: process.env.OFFHOOK_CSV_RAW === '1',
        version,
      },
      { level: 'warn', stream: process.stderr },
    );
    await app.listen({ port: words.port, host: words.host }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE' ? portInUse(words) : error;
    });
    process.stdout.write(`Offhook ${version} listens on http://${words.host}:${words.port}\n`);
    await endSignal();
    process.stdout.write('Ending: what was accepted is being stored.\n');
    const cut = setTimeout(() => app.server.closeAllConnections(), LIMITS.shutdownMs);
    await app.close();
    clearTimeout(cut);
  } finally {
    await offhook.close();
  }
}

async function announceFirstUser(engine: Parameters<typeof ensureFirstUser>[0]): Promise<void> {
  const given = {
    username: process.env.OFFHOOK_ADMIN_USERNAME,
    password: process.env.OFFHOOK_ADMIN_PASSWORD,
  };
  const made = await ensureFirstUser(engine, given, Date.now());
  if (made?.generatedPassword === undefined) return;
  process.stdout.write(
    `First user: ${made.username}, password: ${made.generatedPassword} (printed only this once)\n`,
  );
}

function endSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

function portInUse({ host, port }: ServeWords): UserError {
  return new UserError(
    'PORT_IN_USE',
    `Another process listens on ${host}:${port}.`,
    'Stop it, or give another --port.',
  );
}
