import type { AutomaticLimits } from '@filodiretto/domain';
import type { CaseNumbers } from '../case/case-numbers.js';
import type { Ledger } from '../case/ledger.js';
import type { ChannelRegistry } from '../channel/registry.js';
import type { Books } from '../deadline/books.js';
import type { Jobs } from '../job/jobs.js';
import type { Purposes } from '../privacy/purposes.js';
import type { Administrations } from '../routing/administrations.js';
import type { RouteBooks } from '../routing/route-books.js';
import type { ReplyTokens } from './reply-token.js';
import type { TrackingCodes } from './tracking.js';

/** What intake works with. */
export interface IntakeTools {
  readonly jobs: Jobs;
  readonly ledger: Ledger;
  readonly numbers: CaseNumbers;
  readonly channels: ChannelRegistry;
  readonly administrations: Administrations;
  readonly routes: RouteBooks;
  readonly tokens: ReplyTokens;
  readonly codes: TrackingCodes;
  readonly books: Books;
  readonly purposes: Purposes;
  readonly limits: AutomaticLimits;
}
