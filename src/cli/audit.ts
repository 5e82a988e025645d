// `offhook audit`: the audit log on standard output.
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { instantNamed, streamAuditLog } from '../access/audit-log.ts';
import { withOffhook } from '../pipeline.ts';
import { dataDirOption, example } from './options.ts';
import { auditOf, COMMAND_LINE } from './users.ts';

interface AuditWords {
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
    .action(({ from, to, format, dataDir }: AuditWords) => {
      const fromMs = from === undefined ? undefined : instantNamed('from', from);
      const toMs = to === undefined ? undefined : instantNamed('to', to);
      return withOffhook(dataDir, async offhook => {
        const detail = { from, to, format };
        await auditOf(offhook).record({ action: 'AUDIT_READ', ...COMMAND_LINE, detail });
        const filter = { fromMs, toMs, username: undefined, action: undefined };
        const bytes = streamAuditLog(offhook.engine, filter, format);
        await pipeline(bytes, process.stdout, { end: false });
      });
    });
}
