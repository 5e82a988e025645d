// `offhook states`: an account's own states and their base states.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../errors.ts';
import { BASE_STATES, type BaseState } from '../../events/agent-event.ts';
import { type Offhook, withOffhook, withStored } from '../../pipeline.ts';
import { baseStateNamed } from '../../sources/ringcx/states.ts';
import { stateKey } from '../../sources/state-labels.ts';
import { knownAccounts } from '../../directory/known-accounts.ts';
import { type AuxState, changeState, createState, deleteState, listStates } from '../../directory/aux-states.ts';
import { recordAction } from '../audit-record.ts';
import { type AccountOptions, accountCommand, commandGroup } from '../command.ts';
import { warnOfNewAccounts } from './new-account.ts';
import { printRows } from '../output.ts';
import { replayHint } from '../quality/replay-text.ts';

interface StateOptions extends AccountOptions {
  label: string;
}

export function statesCommand(): Command {
  return commandGroup('states', 'manage an account’s own states', [listCommand(), setCommand(), removeCommand()]);
}

function listCommand(): Command {
  return accountCommand(
    'list',
    'list the states: id, label, base state',
    './offhook states list --account 15300002',
  ).action(({ account, dataDir }: AccountOptions) =>
    withStored(dataDir, async ({ engine }) => {
      await knownAccounts(engine, [account]);
      printRows(
        (await listStates(engine, account)).map(({ stateId, label, baseState }) => [stateId, label, baseState]),
      );
    }),
  );
}

function setCommand(): Command {
  return accountCommand(
    'set',
    'set the base state of a label, for future events',
    "./offhook states set --account 15300002 --label 'Coaching' --base TRAINING",
  )
    .addOption(labelOption())
    .addOption(
      new Option('--base <state>', `one of ${BASE_STATES.join(', ')}`).argParser(parseBaseState).makeOptionMandatory(),
    )
    .action((options: StateOptions & { base: BaseState }) =>
      withOffhook(options.dataDir, offhook => setState(offhook, options)),
    );
}

async function setState(offhook: Offhook, options: StateOptions & { base: BaseState }): Promise<void> {
  const { account, base: baseState } = options;
  const { engine } = offhook;
  const label = options.label.trim();
  await warnOfNewAccounts(engine, [account]);
  const existing = await findState(offhook, options);
  const subject = `The state '${label}' of account ${account}`;
  if (existing?.baseState === baseState && existing.label === label) {
    process.stdout.write(`${subject} already counts as ${baseState}.\n`);
    return;
  }
  const newState = { label, baseState, isActive: true, isAgentSelectable: true };
  const state =
    existing === undefined
      ? await createState(engine, account, newState, Date.now())
      : (await changeState(engine, account, existing.stateId, { label, baseState }, Date.now())).state;
  const change = existing === undefined ? 'STATE_CREATED' : 'STATE_CHANGED';
  await recordAction(offhook, 'STATES_CHANGED', account, { change, ...state });
  const before = existing === undefined || existing.baseState === baseState ? '' : ` (was ${existing.baseState})`;
  process.stdout.write(`${subject} counts as ${baseState}${before} in future events.\n${replayHint(account)}`);
}

function removeCommand(): Command {
  return accountCommand(
    'remove',
    'delete a state; the base state of future events with its label is guessed',
    "./offhook states remove --account 15300002 --label 'Coaching'",
  )
    .addOption(labelOption())
    .action((options: StateOptions) =>
      withStored(options.dataDir, async offhook => {
        const { account, label } = options;
        await knownAccounts(offhook.engine, [account]);
        const state = await findState(offhook, options);
        if (state === undefined) throw noSuchState(label, account);
        await deleteState(offhook.engine, account, state.stateId, Date.now());
        await recordAction(offhook, 'STATES_CHANGED', account, { change: 'STATE_DELETED', ...state });
        process.stdout.write(
          `The state '${state.label}' of account ${account} was deleted. The base state of future events with this label is ` +
            `guessed.\n${replayHint(account)}`,
        );
      }),
    );
}

const labelOption = () =>
  new Option('--label <label>', 'the label that agents see, case-insensitive')
    .argParser(parseLabel)
    .makeOptionMandatory();

function parseLabel(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('The label is empty.');
  return text;
}

function parseBaseState(text: string): BaseState {
  const state = baseStateNamed(text);
  if (state === undefined) throw new InvalidArgumentError(`Use one of ${BASE_STATES.join(', ')}.`);
  return state;
}

async function findState({ engine }: Offhook, { account, label }: StateOptions): Promise<AuxState | undefined> {
  const states = await listStates(engine, account);
  return states.find(state => stateKey(state.label) === stateKey(label));
}

function noSuchState(label: string, accountId: string): UserError {
  return new UserError(
    'NOT_FOUND',
    `The account ${accountId} has no state '${label}'.`,
    `List its states: ./offhook states list --account ${accountId}`,
  );
}
