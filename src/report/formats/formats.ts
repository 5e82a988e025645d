// All output formats by name.
import { delimited } from './delimited.ts';
import type { Format } from './format.ts';
import { html, xml } from './markup.ts';
import { json, ndjson, parquet } from './typed.ts';
import { excel, xlsx } from './xlsx.ts';

export const FORMATS = {
  csv: delimited(',', 'text/csv; charset=utf-8', 'csv'),
  pipe: delimited('|', 'text/plain; charset=utf-8', 'txt'),
  tab: delimited('\t', 'text/tab-separated-values; charset=utf-8', 'tsv'),
  xml,
  html,
  excel,
  xlsx,
  json,
  ndjson,
  parquet,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

/** Formats that are not text. */
export const BINARY_FORMATS: readonly FormatName[] = ['excel', 'xlsx', 'parquet'];

/** Formats of the command line; `excel` is left out, since `xlsx` has all of its columns. */
export const FILE_FORMATS = (Object.keys(FORMATS) as FormatName[]).filter(name => name !== 'excel');
