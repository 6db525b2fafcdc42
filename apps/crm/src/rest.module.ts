import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ActionController } from './action/action.controller.js';
import { Acting } from './action/acting.js';
import { AttachmentController } from './attachment/attachment.controller.js';
import { HeldFiles } from './attachment/held.query.js';
import { AttachmentQuery } from './attachment/attachment.query.js';
import { UploadController } from './attachment/upload.controller.js';
import { Uploads } from './attachment/uploads.js';
import { AttentionController } from './attention/attention.controller.js';
import { AttentionNews } from './attention/attention-news.js';
import { Attentions } from './attention/attentions.js';
import { BulkActionController } from './bulk-action/bulk-action.controller.js';
import { BulkActionQuery } from './bulk-action/bulk-action.query.js';
import { BulkActions } from './bulk-action/bulk-actions.js';
import { CaseController } from './case/case.controller.js';
import { CaseAnswers } from './case/case-answers.js';
import { CaseQuery } from './case/case.query.js';
import { Chases } from './case/chases.js';
import { Desk } from './case/desk.js';
import { Saying } from './case/saying.js';
import { Opening } from './case/opening.js';
import { ChannelController } from './channel/channel.controller.js';
import { Connections } from './channel/connections.js';
import { ContactController } from './contact/contact.controller.js';
import { ContactQuery } from './contact/contact.query.js';
import { ClockController, PolicyController } from './deadline/policy.controller.js';
import { TrackingController } from './deadline/tracking.controller.js';
import { DraftController } from './draft/draft.controller.js';
import { Drafts } from './draft/drafts.js';
import { DormancyController } from './dormancy/dormancy.controller.js';
import { DormancyQuery } from './dormancy/dormancy.query.js';
import { AuthenticationGuard } from './http/authentication.guard.js';
import { AccessTokens } from './identity/access-tokens.js';
import { Admissions } from './identity/admissions.js';
import { BackChannelLogout } from './identity/back-channel-logout.js';
import { HomeController } from './identity/home.controller.js';
import { Identities } from './identity/identities.js';
import { Claimed } from './identity/claimed.js';
import { Login } from './identity/login.js';
import { LoginController } from './identity/login.controller.js';
import { SessionController } from './identity/session.controller.js';
import { Sessions } from './identity/sessions.js';
import { StillAdmitted } from './identity/still-admitted.js';
import { IdentityController } from './identity/identity.controller.js';
import { IdentityProvider } from './identity/identity-provider.js';
import { SecurityContactController } from './http/security-contact.controller.js';
import { UnitOfWork } from './http/unit-of-work.js';
import { LetterController } from './letter/letter.controller.js';
import { LetterQuery } from './letter/letter.query.js';
import { MessageController } from './message/message.controller.js';
import { RichTexts } from './message/rich-texts.js';
import { Withdrawals } from './message/withdrawals.js';
import { MessageQuery } from './message/message.query.js';
import { Categories } from './office/categories.js';
import { CategoryController } from './office/category.controller.js';
import { OfficeController } from './office/office.controller.js';
import { OfficeQuery } from './office/office.query.js';
import { OnDutyNow } from './office/on-duty.query.js';
import { OrganisationController } from './office/organisation.controller.js';
import { OrganisationQuery } from './office/organisation.query.js';
import { TopicController } from './office/topic.controller.js';
import { OperatorController } from './operator/operator.controller.js';
import { OperatorQuery } from './operator/operator.query.js';
import { IpaFile } from './organisation-file/ipa-file.js';
import { OfficeFile } from './organisation-file/office-file.js';
import { OfficeWeeks } from './organisation-file/office-weeks.js';
import { OperatorFile } from './organisation-file/operator-file.js';
import { OrganisationFileController } from './organisation-file/organisation-file.controller.js';
import { Areas } from './place/areas.js';
import { MapQuery } from './place/map.query.js';
import { PlaceController } from './place/place.controller.js';
import { ParkedController } from './quarantine/parked.controller.js';
import { ParkedQuery } from './quarantine/parked.query.js';
import { Provisioning } from './provisioning/provisioning.js';
import { Groups } from './provisioning/groups.js';
import { ScimController } from './provisioning/scim.controller.js';
import { ScimDiscoveryController } from './provisioning/scim-discovery.controller.js';
import { ScimGroupController } from './provisioning/scim-group.controller.js';
import { ReceptionController } from './reception/reception.controller.js';
import { ReceptionQuery } from './reception/reception.query.js';
import { Announcements } from './incident/announcements.js';
import { Announcing } from './incident/announcing.js';
import { IncidentController } from './incident/incident.controller.js';
import { IncidentQuery } from './incident/incident.query.js';
import { Incidents } from './incident/incidents.js';
import { FieldController } from './field/field.controller.js';
import { Automating } from './automation/automating.js';
import { AutomationRunQuery } from './automation/automation-run.query.js';
import { Seeing } from './automation/seen.js';
import { AutomationController } from './automation/automation.controller.js';
import { Automations } from './automation/automations.js';
import { MacroController } from './macro/macro.controller.js';
import { Macros } from './macro/macros.js';
import { Performing } from './macro/performing.js';
import { FollowerController } from './follower/follower.controller.js';
import { Followers } from './follower/followers.js';
import { Mentions } from './follower/mentions.js';
import { TagController } from './tag/tag.controller.js';
import { Tags } from './tag/tags.js';
import { RelationController } from './relation/relation.controller.js';
import { RelationQuery } from './relation/relation.query.js';
import { Forgetting } from './relation/forgetting.js';
import { Relations } from './relation/relations.js';
import { CaseGuard } from './permission/case.guard.js';
import { PermissionGuard } from './permission/permission.guard.js';
import { ErasureController } from './retention/erasure.controller.js';
import { RetentionController } from './retention/retention.controller.js';
import { ErasureRight } from './retention/erasure-right.js';
import { ErasureQuery } from './retention/erasure.query.js';
import { RoleController } from './permission/role.controller.js';
import { ConsentController } from './privacy/consent.controller.js';
import { HeldQuery } from './privacy/held.query.js';
import { RegisterController } from './privacy/register.controller.js';
import { MonitoringController } from './privacy/monitoring.controller.js';
import { RightsController } from './privacy/rights.controller.js';
import { RightsQuery } from './privacy/rights.query.js';
import { Rights } from './privacy/rights.js';
import { ReportController } from './report/report.controller.js';
import { IdentificationController } from './contact/identification.controller.js';
import { Identifications } from './contact/identifications.js';
import { CitizenIdentities } from './own-data/citizen-identities.js';
import { CitizenLogins } from './own-data/citizen-logins.js';
import { OwnDataController } from './own-data/own-data.controller.js';
import { OwnDataActs } from './own-data/own-data.js';
import { OwnDataQuery } from './own-data/own-data.query.js';
import { OwnDataSessions } from './own-data/sessions.js';
import { RatingController, SurveyReportController } from './survey/survey.controller.js';
import { SurveyQuery } from './survey/survey.query.js';
import { Surveys } from './survey/surveys.js';
import { ReportQuery } from './report/report.query.js';
import { SpikeQuery } from './report/spike.query.js';
import { WallboardQuery } from './report/wallboard.query.js';
import { SettingController } from './setting/setting.controller.js';
import { Settings } from './setting/settings.js';
import { SearchController } from './search/search.controller.js';
import { SearchQuery } from './search/search.query.js';
import { OfferController } from './routing/offer.controller.js';
import { PresenceController } from './routing/presence.controller.js';
import { QueueBook } from './routing/queue-book.js';
import { QueueController } from './routing/queue.controller.js';
import { RoutingRuleController } from './routing/routing-rule.controller.js';
import { RoutingRules } from './routing/routing-rules.js';
import { WorkQuery } from './routing/work.query.js';
import { ViewController } from './view/view.controller.js';
import { ViewCountNews } from './view/view-counts.js';
import { Views } from './view/views.js';
import { JournalFeed } from './stream/journal-feed.js';
import { MessageNews } from './stream/message-news.js';
import { CallNews } from './stream/call-news.js';
import { OfferNews } from './stream/offer-news.js';
import { StreamController } from './stream/stream.controller.js';
import { TaskController } from './task/task.controller.js';
import { TaskQuery } from './task/task.query.js';
import { Tasks } from './task/tasks.js';
import { TrailController } from './trail/trail.controller.js';
import { TrailQuery } from './trail/trail.query.js';
import { TrailInterceptor } from './trail/trail.interceptor.js';
import { TemplateController } from './template/template.controller.js';
import { TemplateQuery } from './template/template.query.js';
import { ToldCases } from './stream/told-cases.js';
import { ConfidentialityController } from './confidentiality/confidentiality.controller.js';
import { Levels } from './confidentiality/levels.js';
import { BreakGlassController } from './confidentiality/break-glass.controller.js';
import { GlassBreaking } from './confidentiality/break-glass.js';

/** Every controller of the REST API. */
export const CONTROLLERS = [
  ActionController,
  AttachmentController,
  AttentionController,
  BulkActionController,
  CaseController,
  CategoryController,
  ClockController,
  ChannelController,
  ConsentController,
  ContactController,
  DormancyController,
  DraftController,
  HomeController,
  IdentityController,
  LetterController,
  LoginController,
  MessageController,
  OfficeController,
  OperatorController,
  OfferController,
  OrganisationController,
  OrganisationFileController,
  ParkedController,
  PolicyController,
  PresenceController,
  QueueController,
  PlaceController,
  ReceptionController,
  IncidentController,
  FieldController,
  AutomationController,
  MacroController,
  FollowerController,
  TagController,
  RelationController,
  ReportController,
  RatingController,
  SurveyReportController,
  IdentificationController,
  OwnDataController,
  ErasureController,
  MonitoringController,
  RegisterController,
  RightsController,
  RetentionController,
  RoleController,
  ConfidentialityController,
  BreakGlassController,
  SettingController,
  ScimController,
  ScimDiscoveryController,
  ScimGroupController,
  SearchController,
  SessionController,
  SecurityContactController,
  RoutingRuleController,
  StreamController,
  TrackingController,
  TrailController,
  TaskController,
  TemplateController,
  TopicController,
  UploadController,
  ViewController,
];

/**
 * The REST API: what operators see and do. It needs the core's providers, and `prepareHttp` for what every request goes
 * through; nothing of it answers without the token of an operator.
 */
@Module({
  controllers: CONTROLLERS,
  providers: [
    AccessTokens,
    Acting,
    Admissions,
    Areas,
    AttachmentQuery,
    AttentionNews,
    Attentions,
    BulkActionQuery,
    BulkActions,
    CaseAnswers,
    Chases,
    Connections,
    Categories,
    CaseQuery,
    ContactQuery,
    Desk,
    JournalFeed,
    DormancyQuery,
    Drafts,
    LetterQuery,
    Automating,
    AutomationRunQuery,
    Seeing,
    Automations,
    Macros,
    Performing,
    MapQuery,
    MessageNews,
    MessageQuery,
    Withdrawals,
    BackChannelLogout,
    Identities,
    IdentityProvider,
    Claimed,
    Login,
    Sessions,
    Groups,
    Provisioning,
    StillAdmitted,
    IpaFile,
    OfficeFile,
    OfficeWeeks,
    OfficeQuery,
    OnDutyNow,
    OperatorFile,
    OfferNews,
    CallNews,
    Opening,
    OperatorQuery,
    OrganisationQuery,
    ParkedQuery,
    QueueBook,
    ReceptionQuery,
    Announcements,
    Announcing,
    IncidentQuery,
    Incidents,
    Followers,
    Mentions,
    Tags,
    TaskQuery,
    Tasks,
    RelationQuery,
    Relations,
    Forgetting,
    ErasureQuery,
    ErasureRight,
    ReportQuery,
    SpikeQuery,
    WallboardQuery,
    Surveys,
    SurveyQuery,
    HeldQuery,
    CitizenIdentities,
    Identifications,
    CitizenLogins,
    OwnDataActs,
    OwnDataQuery,
    OwnDataSessions,
    Rights,
    RightsQuery,
    Settings,
    TemplateQuery,
    TrailQuery,
    SearchQuery,
    RoutingRules,
    Saying,
    UnitOfWork,
    Uploads,
    HeldFiles,
    RichTexts,
    WorkQuery,
    ToldCases,
    Levels,
    GlassBreaking,
    ViewCountNews,
    Views,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: PermissionGuard },
    { provide: APP_GUARD, useClass: CaseGuard },
    { provide: APP_INTERCEPTOR, useClass: TrailInterceptor },
  ],
})
export class RestModule {}
