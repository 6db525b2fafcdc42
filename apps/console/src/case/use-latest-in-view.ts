import { useLayoutEffect, type RefObject } from 'react';

/** From so near, in pixels, the end counts as seen. */
const NEAR = 24;

/**
 * Brings the end of a case's story into view whenever the number of its pieces changes, and keeps it there while what is
 * above, below or in it takes another height, until somebody moves away from it.
 */
export function useLatestInView(end: RefObject<HTMLElement | null>, count: number): void {
  useLayoutEffect(() => {
    const last = end.current;
    const story = last?.closest('.story');
    // On a narrow screen the whole case moves, and not its story alone.
    const whole = story?.parentElement;
    if (!last || !story || !whole) return;
    let stays = true;
    const show = (): void => {
      if (stays) last.scrollIntoView({ block: 'nearest' });
    };
    const moved = (): void => {
      const shown = Math.min(story.getBoundingClientRect().bottom, whole.getBoundingClientRect().bottom);
      stays = last.getBoundingClientRect().bottom <= shown + NEAR;
    };
    show();
    const heights = new ResizeObserver(show);
    for (const one of [story, last.parentElement ?? story]) heights.observe(one);
    whole.addEventListener('scroll', moved, { capture: true, passive: true });
    return () => {
      heights.disconnect();
      whole.removeEventListener('scroll', moved, { capture: true });
    };
  }, [end, count]);
}
