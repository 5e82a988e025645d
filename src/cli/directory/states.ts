// `offhook states`: an account's own states, and the base states that they count as.
import { Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../errors.ts';
import { BASE_STATES, type BaseState } from '../../events/agent-event.ts';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { baseStateNamed } from '../../sources/ringcx/states.ts';
import { stateKey } from '../../sources/state-labels.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { type AuxState, changeState, createState, deleteState, listStates } from '../../directory/aux-states.ts';
import { sayNewAccounts } from './new-account.ts';
import { accountOption, dataDirOption, example } from '../options.ts';
import { replayHint } from '../quality/replay-text.ts';
import { auditOf, COMMAND_LINE } from '../access/users.ts';

interface StateOptions {
  account: string;
  label: string;
  dataDir: string;
}

export function statesCommand(): Command {
  const states = new Command('states').description('an account’s own states');
  for (const command of [listCommand(), setCommand(), removeCommand()]) states.addCommand(command);
  return states;
}

function listCommand(): Command {
  return new Command('list')
    .description('list the states: id, label, base state')
    .addOption(accountOption())
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook states list --account 15300002'))
    .action(({ account, dataDir }: StateOptions) =>
      withStored(dataDir, async ({ engine }) => {
        await knownAccounts(engine, [account]);
        for (const { stateId, label, baseState } of await listStates(engine, account)) {
          process.stdout.write(`${[stateId, label, baseState].join('\t')}\n`);
        }
      }),
    );
}

function setCommand(): Command {
  return new Command('set')
    .description('say what a state counts as, for events that come from now on')
    .addOption(accountOption())
    .addOption(labelOption())
    .addOption(
      new Option('--base <state>', `one of ${BASE_STATES.join(', ')}`).argParser(baseNamed).makeOptionMandatory(),
    )
    .addOption(dataDirOption())
    .addHelpText('after', example("./offhook states set --account 15300002 --label 'Coaching' --base TRAINING"))
    .action((options: StateOptions & { base: BaseState }) =>
      withOffhook(options.dataDir, async offhook => {
        const { account, base: baseState } = options;
        const label = options.label.trim();
        await sayNewAccounts(offhook.engine, [account]);
        const known = await stateLabelled(offhook, options);
        const counts = `The state '${label}' of account ${account} counts as ${baseState}`;
        if (known?.baseState === baseState && known.label === label) {
          process.stdout.write(`${counts} already.\n`);
          return;
        }
        const state =
          known === undefined
            ? await createState(
                offhook.engine,
                account,
                { label, baseState, isActive: true, isAgentSelectable: true },
                Date.now(),
              )
            : (await changeState(offhook.engine, account, known.stateId, { label, baseState }, Date.now())).state;
        const change = known === undefined ? 'STATE_CREATED' : 'STATE_CHANGED';
        await record(offhook, account, { change, ...state });
        const before = known === undefined || known.baseState === baseState ? '' : `, no longer as ${known.baseState},`;
        process.stdout.write(`${counts}${before} for events that come from now on.\n${replayHint(account)}`);
      }),
    );
}

function removeCommand(): Command {
  return new Command('remove')
    .description('remove a state: events that come from now on count as UNKNOWN')
    .addOption(accountOption())
    .addOption(labelOption())
    .addOption(dataDirOption())
    .addHelpText('after', example("./offhook states remove --account 15300002 --label 'Coaching'"))
    .action((options: StateOptions) =>
      withStored(options.dataDir, async offhook => {
        await knownAccounts(offhook.engine, [options.account]);
        const known = await stateLabelled(offhook, options);
        if (known === undefined) throw noSuchLabel(options.label);
        await deleteState(offhook.engine, options.account, known.stateId, Date.now());
        await record(offhook, options.account, { change: 'STATE_DELETED', ...known });
        process.stdout.write(
          `The state '${known.label}' of account ${options.account} is removed: what it counts as is guessed for events that come ` +
            `from now on.\n${replayHint(options.account)}`,
        );
      }),
    );
}

const labelOption = () =>
  new Option('--label <label>', 'what agents see, in any case').argParser(someText).makeOptionMandatory();

function someText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Write a label.');
  return text;
}

function baseNamed(text: string): BaseState {
  const state = baseStateNamed(text);
  if (state === undefined) throw new InvalidArgumentError(`Write one of ${BASE_STATES.join(', ')}.`);
  return state;
}

async function stateLabelled({ engine }: Offhook, { account, label }: StateOptions): Promise<AuxState | undefined> {
  const states = await listStates(engine, account);
  return states.find(state => stateKey(state.label) === stateKey(label));
}

function record(offhook: Offhook, accountId: string, detail: Record<string, unknown>): Promise<void> {
  return auditOf(offhook).record({ action: 'STATES_CHANGED', ...COMMAND_LINE, accountId, detail });
}

function noSuchLabel(label: string): UserError {
  return new UserError(
    'NOT_FOUND',
    `There is no state '${label}'.`,
    'List the states: ./offhook states list --account ID',
  );
}
