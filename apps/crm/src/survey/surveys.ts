import { Inject, Injectable } from '@nestjs/common';
import type { Face, RateService, RatingView, SurveyReason } from '@filodiretto/contracts';
import { ratedUntil, reasonsFor } from '@filodiretto/domain';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { at, present } from '../http/present.js';
import { codesOf, trackedMessage, trackingHashOf } from '../intake/tracking.js';

/** A rating as it is kept. */
export interface Rated {
  readonly stars: number;
  readonly face: Face | null;
  readonly reasons: readonly SurveyReason[];
  readonly comment: string | null;
}

/** The rating of a case as its citizen sees it; `undefined` when it cannot be given, or changed, now. */
export function ratingOf(
  one: { readonly ended_at: Date | null; readonly outcome: string | null },
  rated: Rated | null,
  now: Date,
): RatingView | undefined {
  const until = ratedUntil({ endedAt: one.ended_at?.toISOString() ?? null, outcome: one.outcome }, now.toISOString());
  if (until === undefined) return undefined;
  return {
    until: at(until),
    reasons: [...(rated?.reasons ?? [])],
    ...present({ stars: rated?.stars ?? null, face: rated?.face ?? null, comment: rated?.comment ?? null }),
  };
}

/** What citizens say of the service, once for each case, by its code. */
@Injectable()
export class Surveys {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Writes a rating, or changes it. `none`: there is no case of this code; `over`: it has no outcome, or the time to say it is over. */
  rate(said: RateService): Promise<RatingView | 'none' | 'over'> {
    return this.dataSource.transaction(async manager => {
      const [found]: {
        id: string;
        administration_id: string;
        office_id: string | null;
        ended_at: Date | null;
        outcome: string | null;
      }[] = await manager.query(
        `select c.id, c.administration_id, c.office_id, c.ended_at, c.outcome from case_file c
         where c.id = (select t.case_id from ${trackedMessage('m.tracking_hash = any($1)')} t) for share`,
        [codesOf(said.code).map(trackingHashOf)],
      );
      if (!found) return 'none';
      const rated: Rated = {
        stars: said.stars,
        face: said.face ?? null,
        reasons: reasonsFor(said.stars, said.reasons ?? []),
        comment: said.comment?.trim() || null,
      };
      const now = this.clock.now();
      const view = ratingOf(found, rated, now);
      if (!view) return 'over';
      await manager.query(
        `insert into survey (case_id, administration_id, office_id, stars, face, reasons, comment, given_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
         on conflict (case_id) do update set stars = excluded.stars, face = excluded.face, reasons = excluded.reasons,
           comment = excluded.comment, changed_at = excluded.changed_at`,
        [
          found.id,
          found.administration_id,
          found.office_id,
          rated.stars,
          rated.face,
          rated.reasons,
          rated.comment,
          now,
        ],
      );
      return view;
    });
  }
}
