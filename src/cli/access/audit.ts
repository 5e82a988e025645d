// `offhook audit`: writes the audit log to standard output.
import { type Command, Option } from 'commander';
import { parseInstant } from '../../access/audit/audit-filter.ts';
import { streamAuditLog } from '../../access/audit/audit-log.ts';
import { withStored } from '../../pipeline.ts';
import { recordAction } from '../audit-record.ts';
import { type DataDirOptions, dataCommand } from '../command.ts';
import { writeOut } from '../out-file.ts';

interface AuditOptions extends DataDirOptions {
  from?: string;
  to?: string;
  format: 'csv' | 'ndjson';
}

export function auditCommand(): Command {
  return dataCommand(
    'audit',
    'write the audit log in chronological order',
    './offhook audit --from 2026-03-02T00:00:00Z --format ndjson',
  )
    .option('--from <time>', 'start in ISO 8601 format, included')
    .option('--to <time>', 'end in ISO 8601 format, not included')
    .addOption(new Option('--format <format>', 'output format').choices(['csv', 'ndjson']).default('csv'))
    .action(({ from, to, format, dataDir }: AuditOptions) => {
      const fromMs = from === undefined ? undefined : parseInstant('from', from);
      const toMs = to === undefined ? undefined : parseInstant('to', to);
      return withStored(dataDir, async offhook => {
        await recordAction(offhook, 'AUDIT_READ', '', { from, to, format });
        const filter = { fromMs, toMs, username: undefined, action: undefined };
        await writeOut(undefined, streamAuditLog(offhook.engine, filter, format));
      });
    });
}
