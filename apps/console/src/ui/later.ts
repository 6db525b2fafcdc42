import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** So long after the page is there a browser that does not say when it rests is taken to rest. */
const REST_MS = 1_500;

/** Does what nobody waits for when the browser has nothing else to do. */
export function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 5_000 });
  else setTimeout(run, REST_MS);
}

/** A part that no first view needs: fetched when the browser rests, so that it is there when somebody wants it; or when they want it before. */
export function later<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  const module = (): Promise<{ default: ComponentType<P> }> => load().then(part => ({ default: part }));
  // What cannot be fetched now is fetched again, and told, when it is shown.
  whenIdle(() => void module().catch(() => undefined));
  return lazy(module);
}
