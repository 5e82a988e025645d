// `offhook clients`: programs that may sign in, and JWT credentials for them.
import { Command } from 'commander';
import type { AuditAction } from '../../access/audit/audit.ts';
import { createClient, deleteClient, listClients } from '../../access/programs/clients.ts';
import { createJwtCredential, deleteJwtCredential, listJwtCredentials } from '../../access/programs/jwt-credentials.ts';
import { UserError } from '../../errors.ts';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { dataDirOption, example } from '../options.ts';
import { auditOf, COMMAND_LINE } from './users.ts';

interface DataDir {
  dataDir: string;
}

export function clientsCommand(): Command {
  const clients = new Command('clients').description('programs that may sign in');
  for (const command of [addCommand(), listCommand(), removeCommand(), jwtCommand()]) {
    clients.addCommand(command);
  }
  return clients;
}

function addCommand(): Command {
  return new Command('add')
    .description('make a client id and secret')
    .requiredOption('--label <text>', 'a name for people')
    .addOption(dataDirOption())
    .addHelpText('after', example("./offhook clients add --label 'Payroll export'"))
    .action(({ label, dataDir }: DataDir & { label: string }) =>
      withOffhook(dataDir, async offhook => {
        const { clientId, clientSecret } = await createClient(offhook.engine, label, Date.now());
        await record(offhook, 'CLIENT_CREATED', { clientId, label });
        process.stdout.write(`Client id: ${clientId}, client secret: ${clientSecret} (printed only this once)\n`);
      }),
    );
}

function listCommand(): Command {
  return new Command('list')
    .description('list clients and JWT credentials: kind, id, label, user')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook clients list'))
    .action(({ dataDir }: DataDir) =>
      withStored(dataDir, async ({ engine }) => {
        const lines = [
          ...(await listClients(engine)).map(({ clientId, label }) => ['client', clientId, label, '']),
          ...(await listJwtCredentials(engine)).map(({ credentialId, label, username }) => [
            'jwt',
            credentialId,
            label,
            username,
          ]),
        ];
        for (const line of lines) process.stdout.write(`${line.join('\t')}\n`);
      }),
    );
}

function removeCommand(): Command {
  return new Command('remove')
    .description('delete a client or a JWT credential, with all tokens that it was given')
    .argument('<id>', 'its id')
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook clients remove 3kXo9sQ1vR7bYt2M'))
    .action((id: string, { dataDir }: DataDir) =>
      withStored(dataDir, async offhook => {
        if (await deleteClient(offhook.engine, id, Date.now())) {
          await record(offhook, 'CLIENT_DELETED', { clientId: id });
          process.stdout.write(`The client ${id} is deleted, with all tokens that it was given.\n`);
          return;
        }
        const credential = await deleteJwtCredential(offhook.engine, id);
        if (credential === undefined) {
          throw new UserError('NOT_FOUND', `There is no client '${id}'.`, "See './offhook clients list'.");
        }
        const { username, label } = credential;
        await record(offhook, 'TOKEN_REVOKED', { kind: 'jwt', credentialId: id, user: username, label });
        process.stdout.write(
          `The JWT credential ${id} of ${username} is deleted, with all tokens that it was given.\n`,
        );
      }),
    );
}

function jwtCommand(): Command {
  return new Command('jwt')
    .description('make a JWT credential, with which a client signs in as a user')
    .requiredOption('--user <name>', 'the user')
    .requiredOption('--label <text>', 'a name for people')
    .addOption(dataDirOption())
    .addHelpText('after', example("./offhook clients jwt --user payroll --label 'Nightly export'"))
    .action(({ user, label, dataDir }: DataDir & { user: string; label: string }) =>
      withStored(dataDir, async offhook => {
        const asked = { username: user, label };
        const { credentialId, assertion } = await createJwtCredential(offhook.engine, asked, Date.now());
        await record(offhook, 'TOKEN_ISSUED', { kind: 'jwt', credentialId, user, label });
        process.stdout.write(`JWT credential ${credentialId} (printed only this once):\n${assertion}\n`);
      }),
    );
}

function record(offhook: Offhook, action: AuditAction, detail: Readonly<Record<string, string>>): Promise<void> {
  return auditOf(offhook).record({ action, ...COMMAND_LINE, detail });
}
