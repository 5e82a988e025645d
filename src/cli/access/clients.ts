// `offhook clients`: API clients and JWT credentials.
import { type Command, Option } from 'commander';
import { createClient, deleteClient, listClients } from '../../access/programs/clients.ts';
import { createJwtCredential, deleteJwtCredential, listJwtCredentials } from '../../access/programs/jwt-credentials.ts';
import { UserError } from '../../errors.ts';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { recordAction } from '../audit-record.ts';
import { commandGroup, type DataDirOptions, dataCommand } from '../command.ts';
import { printRows } from '../output.ts';

interface LabelOptions extends DataDirOptions {
  label: string;
}

export function clientsCommand(): Command {
  return commandGroup('clients', 'manage API clients: programs that may sign in', [
    addCommand(),
    listCommand(),
    removeCommand(),
    jwtCommand(),
  ]);
}

const labelOption = () => new Option('--label <text>', 'a name that helps people recognize it').makeOptionMandatory();

function addCommand(): Command {
  return dataCommand('add', 'create an API client', "./offhook clients add --label 'Payroll export'")
    .addOption(labelOption())
    .action(({ label, dataDir }: LabelOptions) =>
      withOffhook(dataDir, async offhook => {
        const { clientId, clientSecret } = await createClient(offhook.engine, label, Date.now());
        await recordAction(offhook, 'CLIENT_CREATED', '', { clientId, label });
        process.stdout.write(`Client id: ${clientId}, client secret: ${clientSecret} (shown only once)\n`);
      }),
    );
}

function listCommand(): Command {
  return dataCommand(
    'list',
    'list API clients and JWT credentials: kind, id, label, user',
    './offhook clients list',
  ).action(({ dataDir }: DataDirOptions) =>
    withStored(dataDir, async ({ engine }) => {
      const clients = await listClients(engine);
      const credentials = await listJwtCredentials(engine);
      printRows([
        ...clients.map(({ clientId, label }) => ['client', clientId, label, '']),
        ...credentials.map(({ credentialId, label, username }) => ['jwt', credentialId, label, username]),
      ]);
    }),
  );
}

function removeCommand(): Command {
  return dataCommand(
    'remove',
    'delete an API client or a JWT credential and revoke all its tokens',
    './offhook clients remove 3kXo9sQ1vR7bYt2M',
  )
    .argument('<id>', 'the id of the client or credential')
    .action((id: string, { dataDir }: DataDirOptions) => withStored(dataDir, offhook => remove(offhook, id)));
}

async function remove(offhook: Offhook, id: string): Promise<void> {
  if (await deleteClient(offhook.engine, id, Date.now())) {
    await recordAction(offhook, 'CLIENT_DELETED', '', { clientId: id });
    process.stdout.write(`The API client ${id} was deleted and its tokens were revoked.\n`);
    return;
  }
  const credential = await deleteJwtCredential(offhook.engine, id);
  if (credential === undefined) {
    const message = `No API client or JWT credential has the id '${id}'.`;
    throw new UserError('NOT_FOUND', message, "List the ids with './offhook clients list'.");
  }
  const { username, label } = credential;
  await recordAction(offhook, 'TOKEN_REVOKED', '', { kind: 'jwt', credentialId: id, user: username, label });
  process.stdout.write(`The JWT credential ${id} of ${username} was deleted and its tokens were revoked.\n`);
}

function jwtCommand(): Command {
  return dataCommand(
    'jwt',
    'create a JWT credential, with which an API client signs in as a user',
    "./offhook clients jwt --user payroll --label 'Nightly export'",
  )
    .requiredOption('--user <name>', 'the user')
    .addOption(labelOption())
    .action(({ user, label, dataDir }: LabelOptions & { user: string }) =>
      withStored(dataDir, async offhook => {
        const { credentialId, assertion } = await createJwtCredential(
          offhook.engine,
          { username: user, label },
          Date.now(),
        );
        await recordAction(offhook, 'TOKEN_ISSUED', '', { kind: 'jwt', credentialId, user, label });
        process.stdout.write(`JWT credential ${credentialId} (shown only once):\n${assertion}\n`);
      }),
    );
}
