// The error of a change, as a note above a form or beside the field that it is about.
import { Alert } from '@mantine/core';
import { ApiError, errorText } from '../../api/api-error.ts';

/** Nothing where there is no error. */
export function Problem({ error, title }: { error: Error | null; title: string }) {
  if (error === null) return null;
  return (
    <Alert color="red" variant="outline" role="alert" title={title}>
      {errorText(error)}
    </Alert>
  );
}

/** What is wrong with the field of this name, and how to fix it; undefined: nothing. */
export function fieldProblem(error: Error | null, name: string): string | undefined {
  if (!(error instanceof ApiError) || error.fields[name] === undefined) return undefined;
  return errorText(error);
}
