const PREFIX = 'filodiretto.';

/** What this browser keeps of a choice; undefined when it keeps nothing, or nothing that can be chosen now. */
export function kept<T extends string>(name: string, among: readonly T[]): T | undefined {
  const value = keptText(name);
  return among.find(one => one === value);
}

/** What this browser keeps under a name. Where storage is forbidden nothing is kept, and everything else works. */
export function keptText(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps words under a name; undefined lets them go. Answers whether they are kept. */
export function keep(name: string, value: string | undefined): boolean {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
    return true;
  } catch {
    return false;
  }
}

/** The names under which something is kept that begin so. */
export function keptNames(prefix: string): readonly string[] {
  try {
    return Object.keys(localStorage)
      .filter(name => name.startsWith(PREFIX + prefix))
      .map(name => name.slice(PREFIX.length));
  } catch {
    return [];
  }
}
