// `offhook audit`: the audit log on standard output.
import { Command, Option } from 'commander';
import { instantNamed, streamAuditLog } from '../../access/audit/audit-log.ts';
import { withStored } from '../../pipeline.ts';
import { dataDirOption, example } from '../options.ts';
import { writeOut } from '../out-file.ts';
import { auditOf, COMMAND_LINE } from './users.ts';

interface AuditOptions {
  from?: string;
  to?: string;
  format: 'csv' | 'ndjson';
  dataDir: string;
}

export function auditCommand(): Command {
  return new Command('audit')
    .description('write who did what, in order of time')
    .option('--from <instant>', 'first instant, ISO 8601')
    .option('--to <instant>', 'end, not included')
    .addOption(new Option('--format <format>', 'output').choices(['csv', 'ndjson']).default('csv'))
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook audit --from 2026-03-02T00:00:00Z --format ndjson'))
    .action(({ from, to, format, dataDir }: AuditOptions) => {
      const fromMs = from === undefined ? undefined : instantNamed('from', from);
      const toMs = to === undefined ? undefined : instantNamed('to', to);
      return withStored(dataDir, async offhook => {
        const detail = { from, to, format };
        await auditOf(offhook).record({ action: 'AUDIT_READ', ...COMMAND_LINE, detail });
        const filter = { fromMs, toMs, username: undefined, action: undefined };
        await writeOut(undefined, streamAuditLog(offhook.engine, filter, format));
      });
    });
}
