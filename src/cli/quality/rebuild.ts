// `offhook rebuild`: the table of folded sessions made anew from the events, and whether it said the same before.
import { Command } from 'commander';
import { withStored } from '../../pipeline.ts';
import { forgetFolded, foldedDigest, refreshSessionCache } from '../../sessions/session-cache.ts';
import { dataDirOption, example, staleAfterOption } from '../options.ts';
import { grouped } from '../../plain-text.ts';

export function rebuildCommand(): Command {
  return new Command('rebuild')
    .description('fold all sessions that have ended anew; reports say the same before, meanwhile and afterwards')
    .addOption(staleAfterOption())
    .addOption(dataDirOption())
    .addHelpText('after', example('./offhook rebuild'))
    .action(({ staleAfter: staleAfterMs, dataDir }: { staleAfter: number; dataDir: string }) =>
      withStored(dataDir, async ({ engine }) => {
        const clock = { nowMs: Date.now(), staleAfterMs };
        // What has not been folded yet is no difference.
        await refreshSessionCache(engine, clock);
        const before = await foldedDigest(engine);
        await forgetFolded(engine);
        const folded = await refreshSessionCache(engine, clock);
        const isSame = (await foldedDigest(engine)) === before;
        process.stdout.write(
          `${grouped(folded)} sessions folded anew, ${isSame ? 'the same as before' : 'and they differ from before: please report it'}.\n`,
        );
        if (!isSame) process.exitCode = 1;
      }),
    );
}
