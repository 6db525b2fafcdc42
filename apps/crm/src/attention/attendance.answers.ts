import { Controller, Inject } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import type { AnswerExtras } from '@filodiretto/bus';
import { AskAttendance, type AttendanceAnswer } from '@filodiretto/contracts';
import type { Instant } from '@filodiretto/contracts/model';
import { isOpen, NeverOpen, nextOpening, type Calendar } from '@filodiretto/domain';
import type { Logger } from '@filodiretto/platform';
import { Clock } from '../clock.js';
import { MachineDataSource } from '../data-source.js';
import { LOG } from '../log.js';
import { Calendars } from '../office/calendars.js';
import { Administrations } from '../routing/administrations.js';
import { citizensWrite } from './attentions.js';

/**
 * Tells channels on which people wait for an answer whether anybody is there, and who is writing to whom; and hears from them which
 * citizens write. Nothing of it is kept.
 */
@Controller()
export class AttendanceAnswers {
  constructor(
    @Inject(MachineDataSource) private readonly dataSource: MachineDataSource,
    @Inject(Administrations) private readonly administrations: Administrations,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @MessagePattern<string>('crm.ask.attendance', { question: AskAttendance } satisfies AnswerExtras)
  async attendance({ channel, account, conversations, citizenWrites = [] }: AskAttendance): Promise<AttendanceAnswer> {
    const administrationId = await this.administrations.ownerOf(channel, account);
    if (administrationId === undefined) return { open: false, attended: false, writing: [] };
    const { manager } = this.dataSource;
    // Whoever asks is answered all the same: it is said again in a moment.
    if (citizenWrites.length > 0)
      await citizensWrite(manager, { administrationId, channel, account }, citizenWrites).catch((error: unknown) =>
        this.log.warn({ err: error }, 'that citizens write could not be noted'),
      );
    const [row]: Pick<AttendanceAnswer, 'attended' | 'writing'>[] = await manager.query(
      `select exists (select from operator_presence where administration_id = $1
           and status in ('available', 'busy', 'wrap_up') and (channels is null or $2 = any(channels))) as attended,
         array(select k.key from conversation k
           where k.channel = $2 and k.account = $3 and k.key = any($4::text[]) and k.administration_id = $1
             and exists (select from case_attention a where a.case_id = k.case_id and a.doing = 'writing'
               and a.until > clock_timestamp())) as writing`,
      [administrationId, channel, account, conversations],
    );
    const calendar = await this.calendars.calendarOf(manager, administrationId, administrationId, channel);
    return { ...hours(calendar, this.clock.instant()), attended: row?.attended ?? false, writing: row?.writing ?? [] };
  }
}

function hours(calendar: Calendar, now: Instant): Pick<AttendanceAnswer, 'open' | 'opensAt'> {
  if (isOpen(calendar, now)) return { open: true };
  try {
    return { open: false, opensAt: nextOpening(calendar, now) };
  } catch (fault) {
    if (fault instanceof NeverOpen) return { open: false };
    throw fault;
  }
}
