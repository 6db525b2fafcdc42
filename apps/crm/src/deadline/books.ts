import { Inject, Injectable } from '@nestjs/common';
import { instant } from '@filodiretto/contracts/model';
import { canBeDue, type Calendar, type PromiseBook, type Weekday } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { LOG } from '../log.js';
import { Calendars } from '../office/calendars.js';
import { Policies, type PolicyBook } from './policies.js';

/** What an administration promises, and when its offices work. */
export interface AdministrationBook extends PromiseBook {
  readonly policies: PolicyBook;
}

const WORKING_WEEK: readonly Weekday[] = [1, 2, 3, 4, 5];

/** For an office that never opens: a matter is due all the same. */
const USUAL: Calendar = {
  timeZone: 'Europe/Rome',
  opening: WORKING_WEEK.map(weekday => ({ weekday, from: '08:00', to: '18:00' })),
  holidays: [],
  closures: [],
};

/** The books that deadlines are counted by, one for each administration. */
@Injectable()
export class Books {
  /** Whether something can be due on a calendar, which is the same object as long as nothing in it changes. */
  private readonly usable = new WeakMap<Calendar, boolean>();

  constructor(
    @Inject(Policies) private readonly policies: Policies,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async of(manager: EntityManager, administrationIds: Iterable<string>): Promise<Map<string, AdministrationBook>> {
    const books = new Map<string, AdministrationBook>();
    for (const id of new Set(administrationIds)) {
      const policies = await this.policies.book(manager, id);
      const calendars = await this.calendars.book(manager, id);
      books.set(id, {
        policies,
        policy: (request, at) => policies.policy(request, at),
        calendar: office => this.open(calendars.of(office)) ?? this.open(calendars.of(null)) ?? USUAL,
      });
    }
    return books;
  }

  private open(calendar: Calendar): Calendar | undefined {
    let usable = this.usable.get(calendar);
    if (usable === undefined) {
      usable = canBeDue(calendar, instant(this.clock.now()));
      this.usable.set(calendar, usable);
      if (!usable) this.log.warn('an office is never open: what it must do is due by the usual hours');
    }
    return usable ? calendar : undefined;
  }
}
