import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { TrailRefusal } from '@filodiretto/contracts';
import type { Logger } from '@filodiretto/platform';
import { MachineDataSource } from '../data-source.js';
import type { Authenticated } from '../http/operator.js';
import { asMachine } from '../isolation/acting.js';
import { LOG } from '../log.js';
import { RefusalWindows, type Counted, type Refusal } from './refusal-windows.js';
import { Trail } from './trail.js';

const LOOK_EVERY_MS = 60_000;
/** What is asked where no operation is described: a list of a directory. */
const NAMELESS = { operation: 'otherOperation' } as const;
/** What in a path is no noun. */
const WHERE: ReadonlySet<string> = new Set(['', 'api', 'scim', 'v2']);
/** For so long it is taken for known which administrations there are: whoever asks without a name costs no look each time. */
const KNOWN_MS = 60_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A request that was answered, as far as a refusal is told by it. */
export interface Answered extends Authenticated {
  readonly url: string;
  readonly params: unknown;
}

/** Why nobody was let in, or nobody logged out. Whom the provider named is known only where an operator is linked to it. */
interface LoginRefusal {
  readonly operation: 'logIn' | 'backChannelLogout';
  readonly because: TrailRefusal;
  readonly operator?: { readonly id: string; readonly administrationId: string } | undefined;
}

/**
 * Leaves in the trail who was refused what, and why. It is written after the answer left, so that it can neither slow nor fail it;
 * what cannot be written is a line of the log.
 */
@Injectable()
export class Refusals implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly windows = new RefusalWindows();
  private readonly writing = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private administrations: { readonly ids: readonly string[]; readonly until: number } = { ids: [], until: 0 };

  constructor(
    @Inject(Trail) private readonly trail: Trail,
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(Date.now()), LOOK_EVERY_MS).unref();
  }

  /** What is still counted is written: who stops the core hides nothing. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.look(Infinity);
    await Promise.all(this.writing);
  }

  /** To be called once an answer has left, whatever it was. */
  answered(request: Answered, status: number): void {
    const { admission, operated } = request;
    const because = admission && becauseOf(request, status);
    if (!admission || because === undefined) return;
    const noun =
      request.url
        .split('?')[0]
        ?.split('/')
        .find(part => !WHERE.has(part)) ?? '';
    this.take({
      administrationId: admission.operator.administrationId,
      operatorId: admission.operator.id,
      ...(operated ? { operation: operated.id } : NAMELESS),
      subjectKind: operated?.subjectKind ?? noun,
      subjectId: idOf(request.params),
      because,
    });
  }

  /** Of who is nobody each administration is told: the provider is that of all of them. */
  login({ operation, because, operator }: LoginRefusal): void {
    const same = { operation, because, subjectKind: 'sessions' };
    if (operator) this.take({ ...same, administrationId: operator.administrationId, operatorId: operator.id });
    else
      this.write(async () => {
        for (const id of await this.everyAdministration()) this.take({ ...same, administrationId: id });
      });
  }

  /** Writes what was counted in windows that are over at `now`. */
  look(now: number): void {
    for (const counted of this.windows.over(now)) this.write(() => this.entry(counted));
  }

  private take(refusal: Refusal): void {
    const first = this.windows.take(refusal, Date.now());
    if (first) this.write(() => this.entry({ refusal: first, times: 1 }));
  }

  private async everyAdministration(): Promise<readonly string[]> {
    if (this.administrations.until < Date.now()) {
      const all: { id: string }[] = await this.dataSource.query(`select id from office where kind = 'administration'`);
      this.administrations = { ids: all.map(({ id }) => id), until: Date.now() + KNOWN_MS };
    }
    return this.administrations.ids;
  }

  private write(work: () => Promise<void>): void {
    const written = asMachine('what is refused is noted, of what the person does not see too', work)
      .catch((fault: unknown) => this.log.error({ err: fault }, 'a refusal left no entry in the trail'))
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }

  private entry({ refusal, times }: Counted): Promise<void> {
    const { administrationId, operatorId, ...said } = refusal;
    return this.trail.write(undefined, {
      ...said,
      operator: { id: operatorId ?? administrationId, administrationId },
      actorKind: operatorId === undefined ? 'nobody' : 'operator',
      act: 'refused',
      times,
      fields: [],
    });
  }
}

/** Why it was refused, by who refused it or by the answer; `undefined`: it was not. */
function becauseOf({ because }: Authenticated, status: number): TrailRefusal | undefined {
  if (status === 403) return because ?? 'rule';
  // Whoever was let in and is asked to log in again.
  if (status === 401) return 'step_up';
  return status === 404 ? because : undefined;
}

function idOf(params: unknown): string | undefined {
  const id = typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined;
  return typeof id === 'string' && UUID.test(id) ? id.toLowerCase() : undefined;
}
