// Files that a person chose, sent as they are.

/** Options of a call: the bytes of the file untouched, since the server detects their encoding. */
export const csvUpload = (file: File) => ({
  body: file as unknown as string,
  bodySerializer: (bytes: unknown) => bytes as BodyInit,
  headers: { 'Content-Type': 'text/csv' },
});
