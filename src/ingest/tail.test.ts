// A log that is rotated and truncated, read by processes that may end at any moment: every line once, in order.
import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import type { FilePosition } from './checkpoints.ts';
import { tail } from './tail.ts';
import { runs } from '../../test/support/property-runs.ts';

const dir = mkdtempSync(join(tmpdir(), 'offhook-test-'));
after(() => rmSync(dir, { recursive: true }));

/** What happens to the log between two looks at it. */
type Act = 'write' | 'half line' | 'rotate' | 'copy and truncate' | 'new reader' | 'rotate twice';

test('whatever happens to the log', async () => {
  let run = 0;
  const acts = fc.array(
    fc.constantFrom<Act>('write', 'write', 'half line', 'rotate', 'copy and truncate', 'new reader', 'rotate twice'),
    { maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(acts, async script => {
      const path = join(dir, `log${run++}`);
      writeFileSync(path, '');
      let lines = 0;
      let rotations = 0;
      let half = false;
      const write = () => {
        appendFileSync(path, half ? ' end\n' : `${17e8 + lines} line of run ${run}\n`);
        if (!half) lines++;
        half = false;
      };
      // The newest copy has the newest time, as a rotation's has.
      const rotated = () => `${path}.${String(++rotations).padStart(4, '0')}`;
      const rotate = () => {
        if (half) write();
        renameSync(path, rotated());
        writeFileSync(path, '');
      };
      const ACTS: Record<Exclude<Act, 'new reader'>, () => void> = {
        write,
        'half line'() {
          if (half) return;
          appendFileSync(path, `${17e8 + lines++} half of run ${run}`);
          half = true;
        },
        rotate,
        'copy and truncate'() {
          if (half) write();
          copyFileSync(path, rotated());
          truncateSync(path);
        },
        'rotate twice'() {
          rotate();
          write();
          rotate();
        },
      };
      let read = '';
      let from: FilePosition | undefined;
      const steps = [...script, 'write', 'write'] as Act[];
      const play = () => {
        const act = steps.shift();
        if (act === undefined || act === 'new reader') return false;
        ACTS[act]();
        return true;
      };
      do {
        for await (const piece of tail(path, { from, wait: async () => play() })) {
          read += piece.lines.toString();
          from = piece.position;
        }
      } while (steps.length > 0);
      for await (const piece of tail(path, { from, wait: async () => false })) read += piece.lines.toString();
      const numbers = read
        .trimEnd()
        .split('\n')
        .map(line => Number(line.split(' ')[0]) - 17e8);
      assert.deepEqual(
        numbers,
        Array.from({ length: half ? lines - 1 : lines }, (_, i) => i),
      );
    }),
    runs(150),
  );
});
