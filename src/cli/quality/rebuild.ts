// `offhook rebuild`: computes the session cache again from the events and compares it with the previous one.
import type { Command } from 'commander';
import { withStored } from '../../pipeline.ts';
import { clearSessionCache, refreshSessionCache, sessionCacheDigest } from '../../sessions/session-cache.ts';
import { type DataDirOptions, dataCommand } from '../command.ts';
import { staleAfterOption } from '../options.ts';
import { counted } from '../../plain-text.ts';

export function rebuildCommand(): Command {
  return dataCommand(
    'rebuild',
    'compute all ended sessions again from their events; reports do not change',
    './offhook rebuild',
  )
    .addOption(staleAfterOption())
    .action(({ staleAfter: staleAfterMs, dataDir }: DataDirOptions & { staleAfter: number }) =>
      withStored(dataDir, async ({ engine }) => {
        const clock = { nowMs: Date.now(), staleAfterMs };
        // First adds the sessions that are not in the cache yet: they are not a difference.
        await refreshSessionCache(engine, clock);
        const before = await sessionCacheDigest(engine);
        await clearSessionCache(engine);
        const folded = await refreshSessionCache(engine, clock);
        const isSame = (await sessionCacheDigest(engine)) === before;
        process.stdout.write(
          `${counted(folded, 'session')} rebuilt: ${isSame ? 'no differences' : 'they differ from before. Please report this as a bug'}.\n`,
        );
        if (!isSame) process.exitCode = 1;
      }),
    );
}
