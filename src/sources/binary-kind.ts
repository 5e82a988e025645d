// The first bytes of a file to what it is, where it is no text.

/** What files of a kind begin with, as Latin-1 text, and where. Longer beginnings of one kind come before shorter ones. */
const BEGINNINGS: readonly (readonly [beginning: string, kind: string, offset?: number])[] = [
  ['\x89PNG\r\n\x1a\n', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['%PDF-', 'a PDF document'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['PAR1', 'a Parquet file'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an old Excel or Word file'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['Rar!\x1a\x07', 'a RAR archive'],
  ['BZh', 'a bzip2 file'],
  ['\xfd7zXZ\0', 'an xz file'],
  ['\x28\xb5\x2f\xfd', 'a zstd file'],
  ['\x1f\x8b', 'a gzip file'],
  ['RIFF', 'a WAVE or AVI file'],
  ['\x7fELF', 'a program'],
  ['ustar', 'a tar archive', 257],
];
const ZIP = 'PK\x03\x04';
/** The file of that name in a zip makes it a workbook; Excel and LibreOffice write it near the beginning. */
const WORKBOOK = /xl\/|\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/;
const UTF_16 = /^(?:\xff\xfe|\xfe\xff)/;

/** What a person calls it, such as «a PNG picture»; undefined: it is text, as far as its beginning tells. */
export function binaryKind(beginning: Uint8Array): string | undefined {
  const text = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength).toString('latin1');
  if (text.startsWith(ZIP)) return WORKBOOK.test(text) ? 'a spreadsheet workbook' : 'a zip archive';
  const known = BEGINNINGS.find(([begins, , offset = 0]) => text.startsWith(begins, offset));
  if (known !== undefined) return known[1];
  return text.includes('\0') && !UTF_16.test(text) ? 'binary data' : undefined;
}
