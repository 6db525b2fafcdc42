import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { FoundCount, ViewCount } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import type { Viewer } from '../case/case-filter.js';
import { asActing, personOf } from '../isolation/acting.js';
import { LOG } from '../log.js';
import { Background } from '../background.js';
import { Views } from './views.js';
import { Sights } from '../permission/sights.js';

type Hear = (counts: readonly ViewCount[]) => void;

interface Listener {
  readonly viewer: Viewer;
  readonly hear: Hear;
  /** What it was last told. */
  readonly told: Map<string, FoundCount>;
}

/** At most this often the views of those who listen are counted again. */
const EVERY_MS = 2_000;
/** Counting takes at most one part in so many of the time. */
const SHARE = 10;

/**
 * Tells operators who listen when the counts of their views change. Counted only while somebody listens and something happened,
 * and the slower the more there is to count.
 */
@Injectable()
export class ViewCountNews implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listening = new Map<string, Set<Listener>>();
  private readonly touched = new Set<string>();
  private readonly background: Background;
  private notBefore = 0;

  constructor(
    @Inject(Views) private readonly views: Views,
    @Inject(Sights) private readonly sights: Sights,
    @Inject(LOG) log: Logger,
  ) {
    this.background = new Background('the counts of views', () => this.step(), log);
  }

  onApplicationBootstrap(): void {
    this.background.start();
  }
  beforeApplicationShutdown(): Promise<void> {
    return this.background.stop();
  }

  /** Hears of the views of an operator, first of all of them, until what is given back is called. */
  listen(viewer: Viewer, hear: Hear): () => void {
    const all = this.listening.get(viewer.administrationId) ?? new Set();
    const listener = { viewer, hear, told: new Map<string, FoundCount>() };
    this.listening.set(viewer.administrationId, all.add(listener));
    this.touch(viewer.administrationId);
    return () => {
      all.delete(listener);
      if (all.size === 0) this.listening.delete(viewer.administrationId);
    };
  }

  /** Says that something happened in an administration. */
  touch(administrationId: string): void {
    this.touched.add(administrationId);
  }

  private async step(): Promise<number> {
    if (Date.now() < this.notBefore) return 0;
    const administrations = [...this.touched];
    this.touched.clear();
    const listeners = administrations.flatMap(id => [...(this.listening.get(id) ?? [])]);
    if (listeners.length === 0) return 0;
    const began = Date.now();
    // One person may listen on several pages: their views are counted once.
    const people = new Set(listeners.map(({ viewer }) => viewer.id));
    try {
      for (const id of people) await this.tell(listeners.filter(({ viewer }) => viewer.id === id));
    } catch (fault) {
      // Who was not told yet is told when counting works again.
      for (const id of administrations) this.touch(id);
      throw fault;
    }
    this.notBefore = Date.now() + Math.max(EVERY_MS, (Date.now() - began) * SHARE);
    return 0;
  }

  private async tell(listeners: readonly Listener[]): Promise<void> {
    const [first] = listeners;
    const sight = first && (await this.sights.now(first.viewer.id));
    if (!sight) return;
    const viewer = { ...first.viewer, sight };
    const counts = await asActing(personOf(viewer), async () =>
      this.views.counts(viewer, await this.views.rows(viewer)),
    );
    for (const { hear, told } of listeners) {
      const news = counts.filter(({ view, count }) => {
        const before = told.get(view);
        return before?.cases !== count.cases || before.more !== count.more;
      });
      for (const { view, count } of news) told.set(view, count);
      if (news.length > 0) hear(news);
    }
  }
}
