import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from './problem.js';
import { Wait } from './wait.js';

interface ReadProps<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** What was read; until then that it is being read, or why it could not be. */
export function Read<T>({ query, children }: ReadProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Problem fault={query.error} onRetry={() => void query.refetch()} />;
  return <Wait />;
}
