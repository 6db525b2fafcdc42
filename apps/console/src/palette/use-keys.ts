import { useEffect, useSyncExternalStore } from 'react';
import { createKeybindingsHandler } from 'tinykeys';
import { useActions } from './actions.js';
import { isTaken, keysNow, onKeys, type Keys } from './keys.js';

export const useKeys = (): Keys => useSyncExternalStore(onKeys, keysNow);

/** The key of an action, as shown; none when keys of one letter are off. */
export function useKeyOf(): (action: string) => string | undefined {
  const { on, byAction } = useKeys();
  return action => (on ? byAction[action]?.toUpperCase() : undefined);
}

/** Does what is pressed: keys of one letter by what can be done now, and those that always act. */
export function useKeyboard(always: Readonly<Record<string, () => void>>): void {
  const actions = useActions();
  const { on, byAction } = useKeys();
  useEffect(() => {
    const bindings: Record<string, (event: KeyboardEvent) => void> = {};
    for (const [key, run] of Object.entries(always))
      bindings[key] = event => {
        event.preventDefault();
        run();
      };
    const bound = createKeybindingsHandler(bindings);
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      bound(event);
      if (event.defaultPrevented || !on || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      const action = actions.find(({ id }) => byAction[id] === event.key.toLowerCase());
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    globalThis.addEventListener('keydown', pressed);
    return () => globalThis.removeEventListener('keydown', pressed);
  }, [actions, always, on, byAction]);
}
