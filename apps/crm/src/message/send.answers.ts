import { Controller, Inject } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import type { AnswerExtras } from '@filodiretto/bus';
import {
  AskTracking,
  ClaimSend,
  type Address,
  type ClaimAnswer,
  type SendState,
  type TrackingAnswer,
} from '@filodiretto/contracts';
import type { CaseState } from '@filodiretto/contracts/model';
import { SEND_RANK } from '@filodiretto/domain';
import { faultPoint } from '@filodiretto/platform';
import { BusyDataSource } from '../data-source.js';
import { trackingHashOf } from '../intake/tracking.js';
import { prepared } from '../prepared.js';

/** What channels ask the core. */
@Controller()
export class SendAnswers {
  constructor(@Inject(BusyDataSource) private readonly dataSource: BusyDataSource) {}

  /**
   * Grants one attempt to one asker, committed before the answer: whoever is refused must not call the provider. An asker that
   * did not hear the answer is granted it again.
   */
  @MessagePattern<string>('crm.ask.claim', { question: ClaimSend } satisfies AnswerExtras)
  async claim({ message, attempt, claimant }: ClaimSend): Promise<ClaimAnswer> {
    const { count: claimed } = await prepared(
      this.dataSource.manager,
      `update message set send_state = 'sending', send_rank = $3, sending_at = now(), sending_by = $4
       where id = $1 and attempt = $2 and direction = 'out'
         and (send_state = 'queued' or (send_state = 'sending' and sending_by = $4)) returning id`,
      [message, attempt, SEND_RANK.sending, claimant ?? null],
    );
    if (claimed > 0) {
      faultPoint('send.after-claim');
      return { granted: true, state: 'sending' };
    }
    const [found]: { send_state: SendState | null }[] = await this.dataSource.query(
      'select send_state from message where id = $1',
      [message],
    );
    return { granted: false, state: found?.send_state ?? 'unknown' };
  }

  /** What became of what a citizen sent, by the secret that its channel gave them. What we told somebody else is of no channel's asking. */
  @MessagePattern<string>('crm.ask.tracking', { question: AskTracking } satisfies AnswerExtras)
  async tracking({ trackingCode }: AskTracking): Promise<TrackingAnswer> {
    const [found]: {
      number: string;
      state: CaseState;
      office: string | null;
      external_id: string | null;
      account: string;
      address: Address;
    }[] = await this.dataSource.query(
      `select c.number, c.state, o.name as office, m.external_id, m.account, m.address
       from message m join case_file c on c.id = m.case_id left join office o on o.id = c.office_id
       where m.tracking_hash = $1 and m.direction = 'in' order by m.created_at limit 1`,
      [trackingHashOf(trackingCode)],
    );
    if (!found) return { found: false };
    return {
      found: true,
      caseNumber: found.number,
      state: found.state,
      ...(found.office ? { office: found.office } : {}),
      ...(found.external_id === null ? {} : { externalId: found.external_id }),
      account: found.account,
      from: found.address,
    };
  }
}
