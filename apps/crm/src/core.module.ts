import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Bus } from '@filodiretto/bus';
import { keysOf, Metrics, RawStore, type Keys, type Logger } from '@filodiretto/platform';
import { DataSource } from 'typeorm';
import { ActionLinks } from './action/action-links.js';
import { EarlierOriginals } from './attachment/earlier.js';
import { Screening } from './attachment/screening.js';
import { AttendanceAnswers } from './attention/attendance.answers.js';
import { CaseNumbers } from './case/case-numbers.js';
import { Ledger } from './case/ledger.js';
import { ClearNames } from './channel/clear-names.js';
import { ChannelRegistry } from './channel/registry.js';
import { Clock } from './clock.js';
import { Books } from './deadline/books.js';
import { Deadlines } from './deadline/deadlines.js';
import { CalendarChanges } from './deadline/calendar-changes.js';
import { DeadlineWatch } from './deadline/deadline-watch.js';
import { Ladder } from './deadline/ladder.js';
import { Policies } from './deadline/policies.js';
import { Fields } from './field/fields.js';
import { FormFields } from './field/form-fields.js';
import { Dormancy } from './dormancy/dormancy.js';
import { WeeklyLetters } from './dormancy/weekly-letters.js';
import { BusyDataSource, MachineDataSource } from './data-source.js';
import { PeopleDataSource } from './isolation/people-data-source.js';
import { RequestPrints } from './http/request-prints.js';
import { Members } from './incident/members.js';
import { Backlog } from './intake/backlog.js';
import { Intake } from './intake/intake.js';
import { IntakeConsumer } from './intake/intake.consumer.js';
import { ReplyTokens } from './intake/reply-token.js';
import { TrackingCodes } from './intake/tracking.js';
import { Jobs } from './job/jobs.js';
import { AssignmentLetters } from './letter/assignment-letters.js';
import { ChaseLetters } from './letter/chase-letters.js';
import { ResumedLetters } from './letter/resumed-letters.js';
import { Envelopes } from './letter/envelopes.js';
import { OfficeLetters } from './letter/office-letters.js';
import { LOG } from './log.js';
import { Calendars } from './office/calendars.js';
import { OfficeEnding } from './office/ending.js';
import { Offices } from './office/offices.js';
import { OpeningHours } from './office/opening-hours.js';
import { Responsibles } from './office/responsibles.js';
import { Suppliers } from './office/suppliers.js';
import { Topics } from './office/topics.js';
import { Absences } from './operator/absences.js';
import { StandingIn } from './operator/standing-in.js';
import { Operators } from './operator/operators.js';
import { AutomaticBound } from './message/automatic-bound.js';
import { Replies } from './message/replies.js';
import { SendAnswers } from './message/send.answers.js';
import { Notices } from './notice/notices.js';
import { Transcripts } from './transcript/transcripts.js';
import { Relay } from './outbox/relay.js';
import { Roles } from './permission/roles.js';
import { Consents } from './privacy/consents.js';
import { Monitoring } from './privacy/monitoring.js';
import { Purposes } from './privacy/purposes.js';
import { Sights } from './permission/sights.js';
import { Places } from './place/places.js';
import { Register } from './privacy/register.js';
import { Quarantine } from './quarantine/quarantine.js';
import { NothingLost } from './reception/nothing-lost.js';
import { CitizenProviders } from './own-data/citizen-providers.js';
import { OwnDataCodes } from './own-data/codes.js';
import { OverdueReceptions } from './reception/overdue-receptions.js';
import { Reconciler } from './reception/reconciler.js';
import { Blobs } from './retention/blobs.js';
import { Erasures } from './retention/erasures.js';
import { Holds } from './retention/holds.js';
import { RetentionPolicies } from './retention/policies.js';
import { Restored } from './retention/restored.js';
import { RetentionRuns } from './retention/runs.js';
import { RetentionSchedule } from './retention/schedule.js';
import { Streams } from './retention/streams.js';
import { Administrations } from './routing/administrations.js';
import { Dispatcher } from './routing/dispatcher.js';
import { Offers } from './routing/offers.js';
import { Presences } from './routing/presences.js';
import { RouteBooks } from './routing/route-books.js';
import { SearchIndex } from './search/search-index.js';
import { Router } from './routing/router.js';
import { Anchoring } from './trail/anchoring.js';
import { Sealing } from './trail/sealing.js';
import { Refusals } from './trail/refusals.js';
import { Trail } from './trail/trail.js';
import { CrmSettings } from './settings.js';
import { TaskLetters } from './task/task-letters.js';
import { Templates } from './template/templates.js';
import { Confidentiality } from './confidentiality/confidentiality.js';

/** What the process opened before its modules. */
export interface Parts {
  readonly settings: CrmSettings;
  readonly clock: Clock;
  readonly people: PeopleDataSource;
  readonly machines: MachineDataSource;
  readonly busy: BusyDataSource;
  readonly bus: Bus;
  readonly raw: RawStore;
  readonly metrics: Metrics;
  readonly log: Logger;
}

const SERVICES = [
  Absences,
  StandingIn,
  ActionLinks,
  Administrations,
  AssignmentLetters,
  AutomaticBound,
  Blobs,
  Erasures,
  Streams,
  Holds,
  RetentionPolicies,
  RetentionRuns,
  RetentionSchedule,
  Restored,
  Backlog,
  Calendars,
  ChaseLetters,
  ResumedLetters,
  CaseNumbers,
  Consents,
  Books,
  ChannelRegistry,
  ClearNames,
  Deadlines,
  CalendarChanges,
  DeadlineWatch,
  Dormancy,
  Envelopes,
  Fields,
  FormFields,
  Dispatcher,
  Intake,
  Jobs,
  Ladder,
  Ledger,
  Members,
  NothingLost,
  Notices,
  Transcripts,
  OfficeLetters,
  OfficeEnding,
  Offices,
  OpeningHours,
  Operators,
  Offers,
  OverdueReceptions,
  CitizenProviders,
  OwnDataCodes,
  Presences,
  Policies,
  Monitoring,
  Purposes,
  Register,
  Places,
  Quarantine,
  Reconciler,
  Relay,
  Replies,
  Responsibles,
  Roles,
  Confidentiality,
  Sights,
  RouteBooks,
  Templates,
  Refusals,
  Trail,
  Sealing,
  Anchoring,
  SearchIndex,
  Suppliers,
  TaskLetters,
  Topics,
  WeeklyLetters,
  Router,
  Screening,
  EarlierOriginals,
];

/** The side that writes, and what everything else is built on. */
@Global()
@Module({})
export class CoreModule {
  static register({ settings, clock, people, machines, busy, bus, raw, metrics, log }: Parts): DynamicModule {
    const opened: Provider[] = [
      { provide: CrmSettings, useValue: settings },
      { provide: Clock, useValue: clock },
      // Who asks for no sessions in particular gets those of whoever acts.
      { provide: DataSource, useValue: people },
      { provide: MachineDataSource, useValue: machines },
      { provide: BusyDataSource, useValue: busy },
      { provide: Bus, useValue: bus },
      { provide: RawStore, useValue: raw },
      { provide: Metrics, useValue: metrics },
      { provide: LOG, useValue: log },
      { provide: ReplyTokens, useValue: new ReplyTokens(tokenKeys(settings)) },
      { provide: TrackingCodes, useValue: new TrackingCodes(tokenKeys(settings), settings.citizenPagesUrl) },
      { provide: RequestPrints, useValue: new RequestPrints(tokenKeys(settings)) },
    ];
    return {
      module: CoreModule,
      controllers: [IntakeConsumer, SendAnswers, AttendanceAnswers],
      providers: [...opened, ...SERVICES],
      exports: [
        CrmSettings,
        Clock,
        DataSource,
        MachineDataSource,
        BusyDataSource,
        Bus,
        RawStore,
        Metrics,
        LOG,
        ReplyTokens,
        TrackingCodes,
        RequestPrints,
        ...SERVICES,
      ],
    };
  }
}

const tokenKeys = ({ tokenKey, previousTokenKey }: CrmSettings): Keys => keysOf(tokenKey, previousTokenKey);
