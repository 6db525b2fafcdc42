import { useSyncExternalStore } from 'react';

/** A clock that everybody who looks at it shares: it ticks only while somebody looks. */
function clockOf(milliseconds: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const looking = new Set<() => void>();
  return {
    subscribe: (look: () => void): (() => void) => {
      looking.add(look);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const one of looking) one();
      }, milliseconds);
      now = Date.now();
      return () => {
        looking.delete(look);
        if (looking.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: (): number => now,
  };
}

const slow = clockOf(20_000);
const quick = clockOf(1_000);

/** The time, as often as a screen of terms needs it: three times a minute. */
export const useNow = (): number => useSyncExternalStore(slow.subscribe, slow.read);

/** The time of every second, for countdowns. */
export const useSeconds = (): number => useSyncExternalStore(quick.subscribe, quick.read);
