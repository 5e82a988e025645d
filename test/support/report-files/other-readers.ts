// Reports' files as readers in other languages see them: Python's libraries, LibreOffice and DuckDB.
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse as parseCsv } from 'csv-parse/sync';
import { FORMATS, type FormatName } from '../../../src/report/formats/formats.ts';
import { programOnPath, withPackages } from '../debian-packages.ts';

const SCRIPT = join(import.meta.dirname, 'read_report.py');
const OUTPUT_BYTES = 256 * 1024 * 1024;

export interface ReportFile {
  format: FormatName;
  bytes: Uint8Array;
}

/** Debian's own comes before another one on the PATH, which does not see Debian's packages. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

function hasLibraries(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import openpyxl, html5lib'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What Python's reader of its format gives for each file, as JSON can say it. */
export function inPython(files: readonly ReportFile[]): Promise<unknown[]> {
  const python = withPackages(['python3-openpyxl', 'python3-html5lib'], () => PYTHONS.find(hasLibraries));
  return withFiles(files, paths => {
    const words = files.flatMap(({ format }, i) => [format, paths[i]!]);
    return JSON.parse(execFileSync(python, [SCRIPT, ...words], { maxBuffer: OUTPUT_BYTES }).toString());
  });
}

/** The sheets of each workbook as LibreOffice shows their cells. */
export function inLibreOffice(workbooks: readonly ReportFile[]): Promise<string[][][][]> {
  const soffice = withPackages(['libreoffice-calc-nogui'], () => programOnPath('soffice'));
  return withFiles(workbooks, (paths, directory) => {
    const words = [
      // No other instance, and none of a person's settings.
      `-env:UserInstallation=file://${directory}/profile`,
      '--headless',
      '--convert-to',
      // Comma, quote, UTF-8, from the first line, no formats, in American English, as shown, every sheet.
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false,true,false,false,-1',
      '--outdir',
      directory,
      ...paths,
    ];
    execFileSync(soffice, words, { stdio: 'ignore' });
    const sheet = (file: string) => parseCsv(readFileSync(file), { relax_column_count: true }) as string[][];
    return paths.map(path =>
      globSync(`${path.replace(/\.xlsx$/, '')}-*.csv`)
        .sort()
        .map(sheet),
    );
  });
}

/** The file's rows by column, as DuckDB gives them for JSON: instants in UTC, decimals as texts. */
export async function inDuckDb(parquet: ReportFile): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return withFiles([parquet], async ([path = '']) => {
    await connection.run("SET TimeZone = 'UTC'");
    const result = await connection.runAndReadAll('SELECT * FROM read_parquet($path)', { path });
    return result.getRowObjectsJson();
  });
}

/** Runs while the files are there, in a directory of their own. */
async function withFiles<Result>(
  files: readonly ReportFile[],
  run: (paths: readonly string[], directory: string) => Result | Promise<Result>,
): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'offhook-readers-'));
  try {
    const paths = files.map(({ format, bytes }, i) => {
      const path = join(directory, `report${i}.${FORMATS[format].extension}`);
      writeFileSync(path, bytes);
      return path;
    });
    return await run(paths, directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
