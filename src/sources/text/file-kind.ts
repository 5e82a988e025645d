// Recognizes common kinds of wrong files by their beginning, so that an error message can name them.

export interface FileKind {
  /** The kind with its article: «an Excel workbook». */
  name: string;
  /** What to do with it instead. */
  remedy: string;
}

/** Bytes or characters that are looked at. */
const BEGINNING = 8192;
const SAVE_AS_CSV = 'Open it in a spreadsheet and save it as CSV (UTF-8).';
const CHOOSE_TEXT = 'Choose a text file, such as a log, CSV or JSON.';
const UNPACK = 'Unpack it and use the file inside.';

const isZip = (text: string) => text.startsWith('PK\u0003\u0004');
const isXml = (text: string) => /^\s*<(?:!doctype|html|\?xml|table)\b/i.test(text);

/** Tests ignore bytes above 127: decoding may have turned them into any character. */
type Kind = readonly [is: (text: string) => boolean, name: string, remedy: string];

const BINARY_KINDS: readonly Kind[] = [
  [text => isZip(text) && /xl\/|\[Content_Types\]\.xml/.test(text), 'an Excel workbook (.xlsx)', SAVE_AS_CSV],
  [text => isZip(text) && text.includes('spreadsheet'), 'an OpenDocument spreadsheet (.ods)', SAVE_AS_CSV],
  [isZip, 'a ZIP archive', UNPACK],
  [
    text => text.slice(0, 3).includes('\u0011') && text.slice(3, 8).includes('\u001a'),
    'an old Excel workbook (.xls)',
    SAVE_AS_CSV,
  ],
  [text => text.startsWith('%PDF-'), 'a PDF document', 'Export the data as CSV from the program that made it.'],
  [text => text.slice(1, 4) === 'PNG', 'a picture (PNG)', CHOOSE_TEXT],
  [text => /^GIF8[79]a/.test(text), 'a picture (GIF)', CHOOSE_TEXT],
  [text => /JFIF|Exif/.test(text.slice(0, 16)), 'a picture (JPEG)', CHOOSE_TEXT],
  [text => text[0] === '\u001f' && text[2] === '\b', 'a gzip archive', UNPACK],
  [text => text.startsWith('BZh'), 'a bzip2 archive', UNPACK],
  [text => text.slice(1, 6) === '7zXZ\0', 'an xz archive', UNPACK],
  [text => text.startsWith('7z'), 'a 7z archive', UNPACK],
  [text => text.startsWith('Rar!'), 'a RAR archive', UNPACK],
  [text => text.startsWith('ustar', 257), 'a tar archive', UNPACK],
  [text => text.startsWith('PAR1'), 'a Parquet file', 'Convert it to CSV.'],
  [text => text.startsWith('SQLite format 3'), 'an SQLite database', 'Export its table as CSV.'],
  [
    text => [0, 1].some(first => [0, 2, 4].every(more => text[first + more] === '\0')),
    'UTF-16 text without a byte order mark',
    'Save it as UTF-8.',
  ],
  [isBinary, 'a binary file', CHOOSE_TEXT],
];
const TEXT_KINDS: readonly Kind[] = [
  [isXml, 'an HTML or XML page', 'Download it as CSV.'],
  [text => /^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(text), 'JSON', 'Convert it to CSV.'],
];

/** The kind of a wrong file, by its decoded beginning; undefined: it may be the right kind. */
export function fileKind(beginning: string): FileKind | undefined {
  return kindOf(beginning, [...BINARY_KINDS, ...TEXT_KINDS]);
}

/** The kind of a file that is not text; undefined for text, including UTF-16 with a byte order mark. */
export function binaryKindOf(bytes: Uint8Array): FileKind | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return undefined;
  return kindOf(Buffer.from(bytes.subarray(0, BEGINNING)).toString('latin1'), BINARY_KINDS);
}

function kindOf(beginning: string, kinds: readonly Kind[]): FileKind | undefined {
  const text = beginning.slice(0, BEGINNING);
  const kind = kinds.find(([is]) => is(text));
  return kind && { name: kind[1], remedy: kind[2] };
}

/** Whether the beginning of a file is not text. */
export function isBinary(beginning: string): boolean {
  return beginning.slice(0, 1024).includes('\0');
}
