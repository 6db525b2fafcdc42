import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Schemas } from './client.js';
import type { Connection, Listener, StreamEvent, Told } from './live.js';
import { withFirstPage } from './merge-page.js';
import { casesPage, type ListSource } from './queries.js';

type CaseList = InfiniteData<Schemas['CasePage'], string | undefined>;

/** Facts of one moment come together: what changed is read so long after the first of them. */
const GATHER_MS = 20;
/** But not again sooner than so: one request for many facts when much happens. */
const BETWEEN_MS = 250;
/** How often counts that nobody tells are asked again at most. */
const COUNTS_MS = 3_000;
/** Lists of so many pages are read again whole; of longer ones the first page is. */
const SHORT_LIST = 2;

/** What is told besides the cache: to live regions, to the bar of calls. */
export interface Hearing {
  readonly event: (name: string, data: unknown) => void;
  readonly connection: (now: Connection) => void;
}

/** Keeps what was read from the API as it is now, by what the stream tells. */
export class LiveUpdates implements Listener {
  private readonly changed = new Set<string>();
  private gathering: ReturnType<typeof setTimeout> | undefined;
  private flushed = -BETWEEN_MS;
  private counting: ReturnType<typeof setTimeout> | undefined;
  private wasLost = false;

  constructor(
    private readonly client: QueryClient,
    private readonly hearing: Hearing,
  ) {}

  event({ name, data }: StreamEvent): void {
    if (name === 'case.changed') this.touch((data as Told['case.changed']).case);
    else if (name === 'message.changed') {
      const { case: caseId } = data as Told['message.changed'];
      if (caseId !== undefined) this.read(['case', caseId]);
    } else if (name === 'offer.changed') {
      this.read(['offers']);
      this.read(['presence']);
    } else if (name === 'view.counted') this.count((data as Told['view.counted']).items);
    this.hearing.event(name, data);
  }

  connection(now: Connection): void {
    // What has no id is not told again: whatever is shown is read anew.
    if (now === 'open' && this.wasLost) void this.client.invalidateQueries();
    this.wasLost = now === 'lost';
    this.hearing.connection(now);
  }

  private touch(caseId: string): void {
    this.changed.add(caseId);
    this.gathering ??= setTimeout(
      () => this.flush(),
      Math.max(GATHER_MS, this.flushed + BETWEEN_MS - performance.now()),
    );
    this.counting ??= setTimeout(() => {
      this.counting = undefined;
      this.read(['queues']);
      this.read(['count']);
    }, COUNTS_MS);
  }

  private flush(): void {
    this.gathering = undefined;
    this.flushed = performance.now();
    const changed = new Set(this.changed);
    this.changed.clear();
    for (const id of changed) {
      this.read(['case', id]);
      this.read(['relations', id]);
    }
    for (const query of this.client.getQueryCache().findAll({ queryKey: ['cases'] })) {
      const pages = (query.state.data as CaseList | undefined)?.pages.length ?? 0;
      if (!query.isActive() || pages <= SHORT_LIST) this.read(query.queryKey);
      else void this.readFirstPage(query.queryKey, changed);
    }
  }

  private async readFirstPage(queryKey: readonly unknown[], changed: ReadonlySet<string>): Promise<void> {
    try {
      const first = await casesPage(queryKey[1] as ListSource, undefined, undefined);
      this.client.setQueryData<CaseList>(
        queryKey,
        list => list && { ...list, pages: withFirstPage(list.pages, first, changed) },
      );
    } catch {
      // Whoever looks at the list is told why by reading it whole.
      this.read(queryKey);
    }
  }

  private count(items: readonly Schemas['ViewCount'][]): void {
    this.client.setQueryData<Schemas['SavedViews']>(
      ['views'],
      views =>
        views && {
          ...views,
          items: views.items.map(view => ({
            ...view,
            count: items.find(one => one.view === view.id)?.count ?? view.count,
          })),
        },
    );
  }

  private read(queryKey: readonly unknown[]): void {
    void this.client.invalidateQueries({ queryKey });
  }
}
