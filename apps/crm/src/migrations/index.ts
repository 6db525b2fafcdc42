import { Foundation0001 } from './0001-foundation.js';
import { Uploads0002 } from './0002-uploads.js';
import { CitedAs0003 } from './0003-cited-as.js';
import { Lookups0004 } from './0004-lookups.js';
import { Organisation0010 } from './0010-organisation.js';
import { EndedOffices0015 } from './0015-ended-offices.js';
import { Clock0020 } from './0020-clock.js';
import { Deadlines0021 } from './0021-deadlines.js';
import { Routing0030 } from './0030-routing.js';
import { QueueOrder0035 } from './0035-queue-order.js';
import { PassingOn0040 } from './0040-passing-on.js';
import { ActionLinks0045 } from './0045-action-links.js';
import { Working0050 } from './0050-working.js';
import { Relations0051 } from './0051-relations.js';
import { Incidents0052 } from './0052-incidents.js';
import { Tags0053 } from './0053-tags.js';
import { Search0060 } from './0060-search.js';
import { Desk0065 } from './0065-desk.js';
import { Speed0070 } from './0070-speed.js';
import { Hardening0080 } from './0080-hardening.js';
import { HotRows0090 } from './0090-hot-rows.js';
import { Tasks0100 } from './0100-tasks.js';
import { Chases0101 } from './0101-chases.js';
import { Dormancy0102 } from './0102-dormancy.js';
import { MergedWhole0110 } from './0110-merged-whole.js';
import { Fields0111 } from './0111-fields.js';
import { Macros0112 } from './0112-macros.js';
import { Automations0113 } from './0113-automations.js';
import { Codes0120 } from './0120-codes.js';
import { AnnouncedByOffices0130 } from './0130-announced-by-offices.js';
import { ToldOffices0135 } from './0135-told-offices.js';
import { SearchGrows0140 } from './0140-search-grows.js';
import { GivenPolicies0150 } from './0150-given-policies.js';
import { CategoriesClose0151 } from './0151-categories-close.js';
import { AbsencesBegin0152 } from './0152-absences-begin.js';
import { SearchedFields0153 } from './0153-searched-fields.js';
import { WordsKept0160 } from './0160-words-kept.js';
import { AnsweredWork0161 } from './0161-answered-work.js';
import { ChangedVersion0162 } from './0162-changed-version.js';
import { AutomationRuns0163 } from './0163-automation-runs.js';
import { MergesForgotten0164 } from './0164-merges-forgotten.js';
import { Identities0170 } from './0170-identities.js';
import { NoSeedTokens0171 } from './0171-no-seed-tokens.js';
import { Sessions0172 } from './0172-sessions.js';
import { Trail0190 } from './0190-trail.js';
import { Roles0191 } from './0191-roles.js';
import { Isolation0200 } from './0200-isolation.js';
import { Sight0210 } from './0210-sight.js';
import { BreakGlass0211 } from './0211-break-glass.js';
import { Consents0220 } from './0220-consents.js';
import { Rights0221 } from './0221-rights.js';
import { Monitoring0222 } from './0222-monitoring.js';
import { Erasures0230 } from './0230-erasures.js';
import { Retention0231 } from './0231-retention.js';
import { ScreenedFiles0240 } from './0240-screened-files.js';
import { DeliveriesOfMessages0250 } from './0250-deliveries-of-messages.js';
import { Attention0260 } from './0260-attention.js';
import { Drafts0261 } from './0261-drafts.js';
import { Withdrawals0262 } from './0262-withdrawals.js';
import { Surveys0270 } from './0270-surveys.js';
import { DraftKeys0271 } from './0271-draft-keys.js';
import { Wallboard0275 } from './0275-wallboard.js';
import { Claimed0302 } from './0302-claimed.js';
import { KeyedPrints0310 } from './0310-keyed-prints.js';
import { ScansTried0311 } from './0311-scans-tried.js';
import { CategoriesByCode0312 } from './0312-categories-by-code.js';
import { CitizenAttention0330 } from './0330-citizen-attention.js';
import { ErasuresNoted0335 } from './0335-erasures-noted.js';
import { HeldOriginals0336 } from './0336-held-originals.js';
import { LinksLookedAt0345 } from './0345-links-looked-at.js';
import { HeldBeside0355 } from './0355-held-beside.js';
import { CalendarChanges0370 } from './0370-calendar-changes.js';
import { Claimants0371 } from './0371-claimants.js';
import { SearchedPlaces0380 } from './0380-searched-places.js';
import { CalendarsSeen0381 } from './0381-calendars-seen.js';
import { Refusals0401 } from './0401-refusals.js';
import { OperatorsByCode0402 } from './0402-operators-by-code.js';
import { Identifications0301 } from './0301-identifications.js';
import { CitizenLogins0300 } from './0300-citizen-logins.js';
import { OwnData0280 } from './0280-own-data.js';
import { RetentionByItself0281 } from './0281-retention-by-itself.js';
import { RegisterAnswers0282 } from './0282-register-answers.js';
import { CodesOnTheBus0283 } from './0283-codes-on-the-bus.js';
import { Versions0290 } from './0290-versions.js';

/** In order. A list, not a glob: the output of a deleted source would be run by a glob. */
export const MIGRATIONS = [
  Foundation0001,
  Uploads0002,
  CitedAs0003,
  Lookups0004,
  Organisation0010,
  EndedOffices0015,
  Clock0020,
  Deadlines0021,
  Routing0030,
  QueueOrder0035,
  PassingOn0040,
  ActionLinks0045,
  Working0050,
  Relations0051,
  Incidents0052,
  Tags0053,
  Search0060,
  Desk0065,
  Speed0070,
  Hardening0080,
  HotRows0090,
  Tasks0100,
  Chases0101,
  Dormancy0102,
  MergedWhole0110,
  Fields0111,
  Macros0112,
  Automations0113,
  Codes0120,
  AnnouncedByOffices0130,
  ToldOffices0135,
  SearchGrows0140,
  GivenPolicies0150,
  CategoriesClose0151,
  AbsencesBegin0152,
  SearchedFields0153,
  WordsKept0160,
  AnsweredWork0161,
  ChangedVersion0162,
  AutomationRuns0163,
  MergesForgotten0164,
  Identities0170,
  NoSeedTokens0171,
  Sessions0172,
  Trail0190,
  Roles0191,
  Isolation0200,
  Sight0210,
  BreakGlass0211,
  Consents0220,
  Rights0221,
  Monitoring0222,
  Erasures0230,
  Retention0231,
  ScreenedFiles0240,
  DeliveriesOfMessages0250,
  Attention0260,
  Drafts0261,
  Withdrawals0262,
  Surveys0270,
  DraftKeys0271,
  Wallboard0275,
  OwnData0280,
  RetentionByItself0281,
  RegisterAnswers0282,
  CodesOnTheBus0283,
  Versions0290,
  CitizenLogins0300,
  Identifications0301,
  Claimed0302,
  KeyedPrints0310,
  ScansTried0311,
  CategoriesByCode0312,
  CitizenAttention0330,
  ErasuresNoted0335,
  HeldOriginals0336,
  LinksLookedAt0345,
  HeldBeside0355,
  CalendarChanges0370,
  Claimants0371,
  SearchedPlaces0380,
  CalendarsSeen0381,
  Refusals0401,
  OperatorsByCode0402,
];
