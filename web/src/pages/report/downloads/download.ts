// Downloads a report: counts the bytes as they arrive, then saves the file under the name that the server gave it.
import { fetchSignedIn } from '../../../api/client.ts';
import type { Criteria } from '../report-fields.ts';

export const DOWNLOAD_TYPES = {
  CSV: 'CSV',
  XLSX: 'Excel workbook',
  XML: 'XML',
  JSON: 'JSON',
  PARQUET: 'Parquet',
} as const;
export type DownloadType = keyof typeof DOWNLOAD_TYPES;

interface Download {
  accountId: string;
  criteria: Criteria;
  type: DownloadType;
  isZipped: boolean;
  signal: AbortSignal;
  /** Called with the bytes so far. */
  onBytes: (bytes: number) => void;
}

/**
 * Resolves with the file's name when the browser has the file. An interrupted transfer is an error, never a shorter file.
 * @throws ApiError, TypeError, AbortError
 */
export async function downloadReport(asked: Download): Promise<string> {
  const { accountId, criteria, type, isZipped, signal, onBytes } = asked;
  const address = `/api/v1/admin/accounts/${encodeURIComponent(accountId)}/reportsStreaming`;
  const response = await fetchSignedIn(new URL(address, location.origin).href, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      compressReport: isZipped,
      reportCriteria: { ...criteria, returnType: type },
    }),
    signal,
  });
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'report';
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    bytes += next.value.length;
    onBytes(bytes);
  }
  save(new Blob(parts, { type: response.headers.get('Content-Type') ?? '' }), name);
  return name;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the blob after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
