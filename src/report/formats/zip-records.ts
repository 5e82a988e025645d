// The records of a zip around its files' bytes: headers, data descriptors and the central directory (APPNOTE 6.3).

export interface ZipEntry {
  path: string;
  /** CRC-32 of the bytes before compression. */
  crc: number;
  /** Bytes before compression. */
  size: number;
  /** Bytes after compression. */
  packed: number;
  /** Position of the entry in the zip. */
  offset: number;
}

/** Marks a 32-bit field whose value is in a 64-bit field elsewhere. */
const ELSEWHERE = 0xffffffff;
const VERSION = { plain: 20, zip64: 45 } as const;
/** A data descriptor follows the bytes, and the path is UTF-8. */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 1 January 1980: the same report always gives the same bytes. */
const TIME_AND_DATE = 0x0021_0000;
const UNIX = 3 << 8;
const REGULAR_FILE = 0o100644 * 0x10000;

type Field = [bytes: 2 | 4 | 8, value: number];

function record(fields: readonly Field[], ...tail: Uint8Array[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return Buffer.concat([buffer, ...tail]);
}

const isLong = (...numbers: number[]) => numbers.some(number => number >= ELSEWHERE);
const needsZip64 = ({ size, packed, offset }: ZipEntry) => isLong(size, packed, offset);

/** Precedes the bytes of a file, when checksum and sizes are not known yet. */
export function localHeader({ path }: Pick<ZipEntry, 'path'>): Buffer {
  const name = Buffer.from(path);
  return record(
    [
      [4, 0x04034b50],
      [2, VERSION.plain],
      [2, FLAGS],
      [2, DEFLATE],
      [4, TIME_AND_DATE],
      [4, 0],
      [4, 0],
      [4, 0],
      [2, name.length],
      [2, 0],
    ],
    name,
  );
}

/** Follows the bytes of a file. */
export function dataDescriptor({ crc, size, packed }: ZipEntry): Buffer {
  const bytes = isLong(size, packed) ? 8 : 4;
  return record([
    [4, 0x08074b50],
    [4, crc],
    [bytes, packed],
    [bytes, size],
  ]);
}

/**
 * The end of a zip: its central directory.
 * @param offset bytes of the zip before it
 */
export function directory(entries: readonly ZipEntry[], offset: number): Buffer {
  const listed = Buffer.concat(entries.map(directoryEntry));
  const count = entries.length;
  const isZip64 = isLong(offset, listed.length);
  const zip64 = [
    record([
      [4, 0x06064b50],
      [8, 44],
      [2, UNIX + VERSION.zip64],
      [2, VERSION.zip64],
      [4, 0],
      [4, 0],
      [8, count],
      [8, count],
      [8, listed.length],
      [8, offset],
    ]),
    record([
      [4, 0x07064b50],
      [4, 0],
      [8, offset + listed.length],
      [4, 1],
    ]),
  ];
  const end = record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, isZip64 ? ELSEWHERE : listed.length],
    [4, isZip64 ? ELSEWHERE : offset],
    [2, 0],
  ]);
  return Buffer.concat([listed, ...(isZip64 ? zip64 : []), end]);
}

function directoryEntry(entry: ZipEntry): Buffer {
  const { path, crc, size, packed, offset } = entry;
  const name = Buffer.from(path);
  const isZip64 = needsZip64(entry);
  const version = isZip64 ? VERSION.zip64 : VERSION.plain;
  const short = (value: number): Field => [4, isZip64 ? ELSEWHERE : value];
  const long = record([[2, 1], [2, 24], ...[size, packed, offset].map((value): Field => [8, value])]);
  const extra = isZip64 ? long : Buffer.alloc(0);
  return record(
    [
      [4, 0x02014b50],
      [2, UNIX + version],
      [2, version],
      [2, FLAGS],
      [2, DEFLATE],
      [4, TIME_AND_DATE],
      [4, crc],
      short(packed),
      short(size),
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, REGULAR_FILE],
      short(offset),
    ],
    name,
    extra,
  );
}
