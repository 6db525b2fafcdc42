import { Inject, Injectable } from '@nestjs/common';
import { MakeClosure, WriteHours } from '@filodiretto/contracts';
import { readClosures, readHours, sayClosures, sayHours, type SaidClosure, type SaidHours } from '@filodiretto/domain';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { LockedTree } from '../office/locked-tree.js';
import { OpeningHours } from '../office/opening-hours.js';
import { isRefused, type Refused } from '../refused.js';

/** What a row says of when its office is open; absent: it does not say. */
export interface SaidWeek {
  readonly hours?: readonly SaidHours[];
  readonly closures?: readonly SaidClosure[];
}

interface KnownClosure extends SaidClosure {
  readonly id: string;
  readonly passed: boolean;
}
interface Week {
  readonly hours: readonly SaidHours[];
  readonly closures: readonly KnownClosure[];
}

/** When the offices of an administration are open and closed now. */
export class WeeksNow {
  constructor(private readonly weeks: ReadonlyMap<string, Week>) {}

  of(office: string): Week {
    return this.weeks.get(office) ?? { hours: [], closures: [] };
  }
  /** The cells of an office; closures that have passed are not told. */
  words(office: string): { hours: string; closures: string } {
    const { hours, closures } = this.of(office);
    return { hours: sayHours(hours), closures: sayClosures(closures.filter(({ passed }) => !passed)) };
  }
}

/** Hours and closures of offices, from files and to files. */
@Injectable()
export class OfficeWeeks {
  constructor(@Inject(OpeningHours) private readonly opening: OpeningHours) {}

  async now(manager: EntityManager, administrationId: string): Promise<WeeksNow> {
    const rows: (Week & { office: string })[] = await manager.query(
      `select o.id as office,
         (select coalesce(jsonb_agg(jsonb_build_object('channel', h.channel, 'opening', h.intervals)), '[]')
          from office_hours h where h.office_id = o.id) as hours,
         (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'from', c.from_date, 'to', c.to_date, 'reason', c.reason,
            'passed', c.to_date < (clock_now() at time zone 'Europe/Rome')::date) order by c.from_date, c.id), '[]')
          from closure c where c.office_id = o.id) as closures
       from office o where o.administration_id = $1`,
      [administrationId],
    );
    return new WeeksNow(new Map(rows.map(({ office, ...week }) => [office, week])));
  }

  /** Writes what a row says of an office. A closure that has passed stays even when no cell says it: terms were counted by it. */
  async keep(
    tree: LockedTree,
    office: string,
    { hours, closures }: SaidWeek = {},
    now: WeeksNow,
  ): Promise<{ changed: boolean } | Refused> {
    const before = now.of(office);
    let changed = false;
    if (hours && sayHours(hours) !== sayHours(before.hours)) {
      const asked = {
        hours: hours.map(({ channel, opening }) => ({
          ...(channel === null ? {} : { channel }),
          opening: [...opening],
        })),
      };
      const written = isValid(WriteHours, asked, 'hours') ?? (await this.opening.write(tree, office, asked));
      if (isRefused(written)) return under('hours', written);
      changed = true;
    }
    if (closures) {
      const wanted = new Map(closures.map(one => [sayClosures([one]), one]));
      const known = new Set(before.closures.map(one => sayClosures([one])));
      for (const [words, one] of wanted) {
        if (known.has(words)) continue;
        const made = isValid(MakeClosure, one, 'closures') ?? (await this.opening.close(tree, office, v7(), one));
        if (isRefused(made)) return under('closures', made);
        changed = true;
      }
      for (const one of before.closures) {
        if (one.passed || wanted.has(sayClosures([one]))) continue;
        const gone = await this.opening.reopen(tree, office, one.id);
        if (isRefused(gone)) return under('closures', gone);
        changed = true;
      }
    }
    return { changed };
  }
}

/** What the cells of a row say of its week; what means nothing is told of its column. */
export function saidWeek(
  cells: ReadonlyMap<string, string>,
  wrong: (column: string, detail: string) => void,
): SaidWeek {
  const [hours, closures] = [cells.get('hours'), cells.get('closures')];
  const read = {
    ...(hours === undefined ? {} : { hours: readHours(hours) }),
    ...(closures === undefined ? {} : { closures: readClosures(closures) }),
  };
  for (const [column, { mistakes }] of Object.entries(read)) for (const one of mistakes) wrong(column, one);
  return {
    ...(read.hours ? { hours: read.hours.said } : {}),
    ...(read.closures ? { closures: read.closures.said } : {}),
  };
}

/** The refusal of what the API would refuse of the same. */
function isValid<T extends object>(what: new () => T, asked: object, column: string): Refused | undefined {
  const words = validateSync(plainToInstance(what, asked)).flatMap(wordsOf);
  return words.length === 0
    ? undefined
    : { refused: 'invalid-input', detail: '', errors: words.map(detail => ({ pointer: `/${column}`, detail })) };
}

const wordsOf = ({ constraints, children }: ValidationError): string[] => [
  ...Object.values(constraints ?? {}),
  ...(children ?? []).flatMap(wordsOf),
];

/** What is wrong is of a column of the file, wherever the API has it. */
const under = (column: string, no: Refused): Refused => ({
  ...no,
  errors: (no.errors ?? [{ pointer: '', detail: no.detail }]).map(({ detail }) => ({ pointer: `/${column}`, detail })),
});
