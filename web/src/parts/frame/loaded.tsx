// The data of a query, or that it is loading, or why it failed.
import type { ReactNode } from 'react';
import { ErrorState, LoadingState } from './states.tsx';

interface LoadedProps<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  /** «Loading the users» */
  label: string;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, label, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ErrorState error={query.error} retry={() => query.refetch()} />;
  return <LoadingState label={label} />;
}
