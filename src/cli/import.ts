// `offhook import`: files of a feed into stored events.
import type { Offhook } from '../pipeline.ts';
import type { DecodeContext, Source } from '../sources/source.ts';
import type { Written } from '../store/event-writer.ts';
import { readBytes, sizeOf } from './files.ts';
import { grouped, type Progress } from './output.ts';

/** Imports the files one after the other; resolved when all is durable. */
export async function importFiles(
  offhook: Offhook,
  source: Source,
  files: readonly string[],
  context: DecodeContext,
  progress: Progress,
): Promise<Written> {
  const total: Written = { stored: 0, rejected: 0 };
  const startMs = performance.now();
  for (const file of files) {
    const meter = metered(readBytes(file));
    const size = sizeOf(file);
    let soFar: Written = { stored: 0, rejected: 0 };
    for await (soFar of offhook.importFile(source, meter.bytes, context)) {
      const events = total.stored + soFar.stored;
      const rate = (events / (performance.now() - startMs)) * 1000;
      progress.update(
        `${file}: ${grouped(events)} events · ${grouped(rate)} a second`,
        size ? meter.read() / size : undefined,
      );
    }
    total.stored += soFar.stored;
    total.rejected += soFar.rejected;
  }
  progress.end();
  return total;
}

function metered(source: AsyncIterable<Uint8Array>): {
  bytes: AsyncIterable<Uint8Array>;
  read: () => number;
} {
  let read = 0;
  async function* bytes() {
    for await (const chunk of source) {
      read += chunk.length;
      yield chunk;
    }
  }
  return { bytes: bytes(), read: () => read };
}
