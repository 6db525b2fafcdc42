import { Decimal, Flag, InstantField, ListOf, Numbers, One, Whole } from '../fields.js';
import { ChannelView } from './organisation.js';
import { OfficeRef } from './refs.js';

/** How those who wait were served today, by the clock of Italy. */
export class ServiceToday {
  @Whole('What began to wait for a person today', { example: 40 }) readonly came: number;
  @Whole('Of which is in somebody’s hands, or was', { example: 36 }) readonly taken: number;
  @Whole('Of which has a target and was taken, or should have been', { example: 30 }) readonly due: number;
  @Whole('Of which was taken within the target', { example: 27 }) readonly inTime: number;
  @Decimal('Seconds until it was taken, on average', { min: 0, max: 1e9, optional: true, example: 95 }) readonly speedSeconds?: number;
  @Whole('Calls that came in', { example: 12 }) readonly calls: number;
  @Whole('Calls that somebody answered', { example: 10 }) readonly answered: number;
  @Whole('Calls that were given up before anybody answered', { example: 1 }) readonly abandoned: number;
  @Decimal('Seconds until a call was answered, on average', { min: 0, max: 1e9, optional: true, example: 21 })
  readonly answerSeconds?: number;
}

/** An office on the wallboard: what waits, who is there, what it holds. */
export class WallboardOffice {
  @One('Which', () => OfficeRef) readonly office: OfficeRef;
  @Whole('What waits in its queue', { example: 4 }) readonly waiting: number;
  @Whole('What is being offered', { example: 1 }) readonly offered: number;
  @Whole('What people have in hand', { example: 7 }) readonly inHand: number;
  @Whole('Seconds that the oldest has waited', { optional: true, example: 320 }) readonly oldestWaitSeconds?: number;
  @Whole('Seconds within which its queue promises to have work in somebody’s hands', { optional: true, example: 3_600 })
  readonly targetSeconds?: number;
  @Whole('Operators who are there and available', { example: 3 }) readonly available: number;
  @Whole('Of which can take more', { example: 1 }) readonly free: number;
  @Whole('Operators who are there and can take no more', { example: 2 }) readonly busy: number;
  @Whole('Open cases it holds', { example: 60 }) readonly open: number;
  @Whole('Of which nobody has taken charge', { example: 9 }) readonly untaken: number;
  @Whole('Of which is past a term', { example: 2 }) readonly late: number;
  @Numbers('Open cases by how old they are: as many as `ageDays` says, and one more for what is older', {
    max: 20,
    example: [3, 5, 20, 18, 10, 4],
  })
  readonly ages: number[];
  @InstantField('When the oldest was opened', { optional: true }) readonly oldestAt?: string;
  @InstantField('Since when nobody has been seen to act there; absent: it is not dormant', { optional: true })
  readonly dormantSince?: string;
  @One('Its service today; absent where so few people work that it would tell of each of them', () => ServiceToday, { optional: true })
  readonly today?: ServiceToday;
}

/** An hour of today. */
export class WallboardHour {
  @Whole('From 0 to 23, by the clock of Italy', { max: 23, example: 9 }) readonly hour: number;
  @Whole('Cases that were opened', { example: 14 }) readonly opened: number;
  @Whole('Cases that were given an outcome', { example: 11 }) readonly ended: number;
  @Whole('Calls that came in', { example: 6 }) readonly calls: number;
  @Whole('Calls that were given up before anybody answered', { example: 1 }) readonly abandoned: number;
}

/** How everything stands now. */
export class WallboardView {
  @InstantField('When it was counted') readonly countedAt: string;
  @ListOf('Offices with something to show, by name', () => WallboardOffice, { max: 10_000 }) readonly offices: WallboardOffice[];
  @Whole('Open cases that no office holds', { example: 2 }) readonly unassigned: number;
  @Numbers('Days up to which each class of age goes', { max: 19, example: [1, 3, 7, 15, 30] }) readonly ageDays: number[];
  @One('The service of today in all offices together; of small ones only when they are not so few that one could be told apart', () => ServiceToday)
  readonly today: ServiceToday;
  @Flag('Whether the service of small offices is not shown one by one, since no authorisation to do so holds (art. 4 L. 300/1970)')
  readonly withheld: boolean;
  @ListOf('The hours of today up to now', () => WallboardHour, { max: 24 }) readonly hours: WallboardHour[];
  @ListOf('The channels, by id', () => ChannelView, { max: 1_000 }) readonly channels: ChannelView[];
}
