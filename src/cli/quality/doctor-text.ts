// The findings of the data checks as text for a terminal.
import type { Example, Finding } from '../../quality/checks/check.ts';
import { grouped, spelledTime } from '../../plain-text.ts';
import { aligned } from '../table.ts';
import { wallClock } from '../../time/wall-clock.ts';

export interface DoctorReport {
  accountIds: readonly string[];
  timezone: string;
  fromMs: number;
  toMs: number;
  findings: readonly Finding[];
}

export function doctorText({ accountIds, timezone, fromMs, toMs, findings }: DoctorReport): string {
  const clock = wallClock(timezone);
  const head = `Accounts ${accountIds.join(', ')}, ${clock(fromMs)} to ${clock(toMs)} (${timezone})\n`;
  const wrong = findings.filter(({ count }) => count > 0);
  const fine = findings.filter(({ count }) => count === 0);
  return [
    head,
    ...wrong.map(finding => findingText(finding, clock)),
    fine.length > 0 ? `No problems: ${fine.map(fineText).join(', ')}.\n` : '',
  ]
    .filter(Boolean)
    .join('\n');
}

function fineText({ title, toleratedMs }: Finding): string {
  const more =
    toleratedMs > 0 ? ` (${spelledTime(toleratedMs)} in total, too little in each session to be reported)` : '';
  return title.toLowerCase() + more;
}

function findingText(finding: Finding, clock: (ms: number) => string): string {
  const { title, key, count, durationMs, toleratedMs, meaning, remedy, kinds, examples } = finding;
  const { summary, commands = [] } = finding;
  const time = durationMs > 0 ? `, ${spelledTime(durationMs)}` : '';
  const namedKinds = kinds.filter(({ kind }) => kind !== '');
  const more = count > examples.length ? [`  … and ${grouped(count - examples.length)} more`] : [];
  return `${[
    `${title}: ${grouped(count)}${time} (${key})`,
    ...(toleratedMs > 0
      ? [`  ${spelledTime(durationMs + toleratedMs)} in total, including small amounts in other sessions.`]
      : []),
    ...(summary === undefined ? [] : [`  ${summary}`]),
    `  ${meaning}`,
    ...(namedKinds.length > 1 ? aligned(namedKinds.map(kind => [kind.kind, grouped(kind.count)])) : []),
    ...aligned([HEADER, ...examples.map(example => exampleRow(example, clock))]),
    ...more,
    `  To fix it: ${remedy}`,
    ...commands.map(command => `    ${command}`),
  ].join('\n')}\n`;
}

const HEADER = ['account', 'agent', 'session', 'from', 'to', 'time', 'what'];

function exampleRow(example: Example, clock: (ms: number) => string): string[] {
  const { accountId, agentId, loginSessionId, fromMs, toMs, durationMs, kind, detail } = example;
  return [
    accountId || '-',
    agentId || '-',
    loginSessionId || '-',
    clock(fromMs),
    toMs === fromMs ? '' : clock(toMs),
    durationMs > 0 ? spelledTime(durationMs) : '',
    `${kind && `${kind}: `}${detail.replaceAll(/\s+/g, ' ')}`,
  ];
}
