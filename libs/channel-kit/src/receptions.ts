import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string[]>();

/** Does the work and gives, beside its result, the receptions that were held for it. */
export async function receptionsOf<T>(work: () => Promise<T>): Promise<{ result: T; receptions: readonly string[] }> {
  const receptions: string[] = [];
  return { result: await storage.run(receptions, work), receptions };
}

/** Notes a reception that the house holds now. */
export const noteReception = (id: string): void => void storage.getStore()?.push(id);
