import { Inject, Injectable } from '@nestjs/common';
import type { EscalationStep } from '@filodiretto/contracts/model';
import type { EntityManager } from 'typeorm';
import type { CaseFile } from '../case/case-file.entity.js';
import { Responsibles } from '../office/responsibles.js';

/** Who is told on a rung of the ladder. */
export interface Rung {
  /** Null: nobody is there; then the office itself is told, if there is one. */
  readonly operator: string | null;
  readonly office: string | null;
}

/** Who stands on each rung, now: absences and substitutes are for `Responsibles` to know. */
@Injectable()
export class Ladder {
  constructor(@Inject(Responsibles) private readonly responsibles: Responsibles) {}

  /** Whom to tell about a case. A case of no office is its administration's. */
  async on(manager: EntityManager, step: EscalationStep, caseFile: CaseFile, at: Date): Promise<Rung> {
    const office = caseFile.officeId ?? caseFile.administrationId;
    if (step === 'assignee') {
      if (caseFile.assigneeId) return { operator: caseFile.assigneeId, office: caseFile.officeId };
      return caseFile.officeId ? { operator: null, office } : this.person('office_head', manager, office, at);
    }
    return this.person(step, manager, office, at);
  }

  private async person(
    step: Exclude<EscalationStep, 'assignee'>,
    manager: EntityManager,
    office: string,
    at: Date,
  ): Promise<Rung> {
    const found = await {
      office_head: () => this.responsibles.headOf(manager, office, at),
      director: () => this.responsibles.directorOf(manager, office, at),
      substitute_power_holder: () => this.responsibles.substitutePowerHolderOf(manager, office, at),
    }[step]();
    return { operator: found?.operator ?? null, office };
  }
}
