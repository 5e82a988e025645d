// Every output format under its word.
import { delimited } from './delimited.ts';
import type { Format } from './format.ts';
import { html, xml } from './markup.ts';
import { json, ndjson, parquet } from './typed.ts';
import { xlsx } from './xlsx.ts';

export const FORMATS = {
  csv: delimited(',', 'text/csv; charset=utf-8', 'csv'),
  pipe: delimited('|', 'text/plain; charset=utf-8', 'txt'),
  tab: delimited('\t', 'text/tab-separated-values; charset=utf-8', 'tsv'),
  xml,
  html,
  xlsx,
  json,
  ndjson,
  parquet,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
