/**
 * What each column that holds words or values is to a citizen: `personal` may hold what they said or who they are; `staff`,
 * what people who work here wrote or are; `ours`, codes, names and sentences of the system. A column without words (ids,
 * instants, counts, yes or no) needs no row.
 */
export interface TableClass {
  readonly personal?: string;
  readonly staff?: string;
  readonly ours?: string;
}

/** Every table; a new one, or a new column with words in an old one, is added here or the build's test fails. */
export const TABLES: Readonly<Record<string, TableClass>> = {
  absence: {},
  action_link: { personal: 'did kept', ours: 'action token_hash' },
  administration_setting: {},
  announcement: { staff: 'text short_text', ours: 'language outcome outcome_reason cause' },
  announcement_recipient: { ours: 'state problem detail' },
  area: { staff: 'name outlines', ours: 'code west south east north' },
  attachment: {
    personal: 'filename inline_id sha256 source',
    staff: 'released_reason',
    ours: 'kind media_type fetch_state scan_state held_because',
  },
  automation: { staff: 'name conditions actions', ours: 'facts trouble' },
  automation_run: { ours: 'trigger chain state detail' },
  break_glass: { staff: 'reason' },
  bulk_action: { staff: 'asked', ours: 'state' },
  bulk_item: { ours: 'state problem detail' },
  case_attention: { ours: 'doing' },
  calendar_change: {},
  case_draft: { personal: 'text subject', ours: 'kind visibility' },
  case_field: { personal: 'value', ours: 'code' },
  case_file: {
    personal: 'subject tracking_hash',
    ours: 'number state kind priority outcome outcome_reason channel account journal_hash open_tasks given_policy confidentiality',
  },
  case_follower: {},
  case_link: {},
  case_merge: { personal: 'aside' },
  case_merge_item: { ours: 'kind' },
  case_place: { personal: 'latitude longitude address', ours: 'source' },
  case_split: {},
  case_tag: {},
  category: { staff: 'label', ours: 'code kind confidentiality' },
  category_schema: { staff: 'fields' },
  channel_account: { ours: 'channel account' },
  channel_weight: { ours: 'channel' },
  channel_weight_version: {},
  citizen_code: { personal: 'kind value', ours: 'language secret_hash' },
  citizen_attention: {},
  citizen_case: { personal: 'tracking_hash' },
  citizen_identity: { personal: 'code_hash name', ours: 'provider' },
  citizen_login: { ours: 'secret_hash provider state nonce code_verifier' },
  citizen_session: { personal: 'kind value', ours: 'secret_hash provider' },
  clock: {},
  closure: { staff: 'reason' },
  /** Only ever added to: ids, codes, and how the office files the paper. */
  consent_entry: { staff: 'document', ours: 'purpose act address_kind language how actor_kind proof_key' },
  consent_purpose: { staff: 'texts', ours: 'code' },
  contact: { personal: 'name' },
  contact_address: { personal: 'kind value display_name' },
  contact_identification: {
    personal: 'address_kind address_value',
    staff: 'withdrawn_reason',
    ours: 'how document_kind',
  },
  contact_restriction: { staff: 'lifted_reason' },
  contact_merge: { personal: 'kind value', ours: 'cause' },
  confidentiality_level: { staff: 'name', ours: 'code roles' },
  conversation: { personal: 'key address', ours: 'channel account' },
  deadline: { ours: 'clock left_amount left_unit rungs trouble' },
  deadline_policy: { staff: 'name', ours: 'code clock kinds rule' },
  early_progress: { personal: 'external_id progress', ours: 'event_id channel account' },
  erasure: { staff: 'reason', ours: 'because state counts' },
  /** Empty once an erasure is done. */
  erasure_target: { personal: 'value about', ours: 'kind' },
  held_original: { staff: 'released_reason', ours: 'because' },
  idempotency: { personal: 'fingerprint', ours: 'key resource' },
  internal_note: { personal: 'text' },
  /** Ids, codes, and reasons that staff are told to keep free of citizens' data. */
  journal: { staff: 'data', ours: 'fact actor_kind cause prev_hash hash' },
  journal_reader: { ours: 'name' },
  legal_hold: { staff: 'reason lifted_reason' },
  letter: {
    personal: 'subject text files',
    staff: 'address name sent_to',
    ours: 'kind state trouble cause actions',
  },
  login_attempt: { ours: 'secret_hash state nonce code_verifier return_to' },
  lot: { staff: 'name', ours: 'code' },
  macro: { staff: 'name actions', ours: 'shared_with' },
  membership: { ours: 'role' },
  mention: {},
  message: {
    personal:
      'external_id address subject content text evidence relation_to send_detail cited_as tracking_hash automatic_to raw_sha256',
    ours: 'direction author automatic channel account visibility flags relation_kind send_state refusal_reason raw_media_type',
  },
  migrations: { ours: 'name' },
  offer: { ours: 'state reason explanation sentence' },
  office: { staff: 'name email phone address ended_reason', ours: 'code kind ipa_code patron_saint' },
  office_hours: { ours: 'channel intervals' },
  office_substitute: {},
  office_topic: {},
  operator: { staff: 'code name email phone', ours: 'role own_role languages' },
  operator_identity: { staff: 'subject', ours: 'issuer client_id scopes linked_by' },
  operator_presence: { ours: 'status channels in_hand' },
  operator_session: { staff: 'subject user_agent', ours: 'secret_hash issuer sid acr' },
  operator_skill: { ours: 'skill' },
  organisation_revision: {},
  outbox: { personal: 'payload', ours: 'event_id type ordering subject headers' },
  overdue_reception: { ours: 'channel account trouble' },
  parked: {
    personal: 'conversation external_id reason payload',
    staff: 'settled_reason released_reason',
    ours: 'event_id type kind channel account error_class state held_because',
  },
  queue_setting: { ours: 'strategy settings' },
  reception_item: { ours: 'channel account fate' },
  reconciled: { ours: 'pass' },
  monitoring_authorization: { staff: 'reference ended_reason', ours: 'kind scopes' },
  rights_request: { personal: 'wanted', staff: 'reason', ours: 'kind state asked_by identified_how' },
  register_answer: { staff: 'text', ours: 'code' },
  retention_policy: { staff: 'legal_basis', ours: 'code' },
  retention_run: { ours: 'state preview counts' },
  retention_schedule: {},
  role_permission: { ours: 'role permissions reach' },
  routing_rule: { staff: 'name conditions', ours: 'kind priority skills deadline_policy tags confidentiality' },
  saved_view: { staff: 'name filter', ours: 'shared_with' },
  search_bucket: {},
  /** How far the core has come, by an id that is of nobody any more. */
  screening_walk: {},
  search_case: { personal: 'document keys' },
  search_contact: { personal: 'keys' },
  search_stale: {},
  searched_words: { personal: 'salt words' },
  spent_logout_token: { ours: 'issuer jti' },
  survey: { personal: 'comment', ours: 'face reasons' },
  supplier: { staff: 'name', ours: 'code' },
  tag: { staff: 'label', ours: 'code' },
  task: {
    personal: 'question answer reason extension_reason',
    staff: 'address name',
    ours: 'state outcome',
  },
  template: { staff: 'name text short_text', ours: 'code language purpose outcome outcome_reason' },
  told_office: {},
  topic: { staff: 'label', ours: 'code' },
  trail_anchor: { ours: 'hash key signature driver state trouble receipt' },
  /** What was asked for, by name; of the words themselves a salted print whose salt goes with them. */
  trail_entry: { ours: 'actor_kind act operation subject_kind fields words_digest because' },
  trail_head: { ours: 'hash' },
  trail_seal: { ours: 'source rows digests previous hash' },
  upload: { personal: 'sha256 filename', ours: 'media_type scan_state' },
  weekly_letter: { ours: 'recipient' },
  work_item: {
    ours: 'state channel skills language priority virtual_start effective_start need explanation sentence',
  },
};

/** Each stream and bucket of the bus, and whether it may hold what citizens say. Those that do let it be destroyed. */
export const STREAMS: Readonly<Record<string, 'personal' | 'ours'>> = {
  IN: 'personal',
  OUT: 'personal',
  EVENT: 'ours',
  KV_channels: 'ours',
  'KV_channel-state': 'personal',
};

/** Each folder of the store of bytes. */
export const FOLDERS: Readonly<Record<string, 'personal' | 'ours'>> = {
  blobs: 'personal',
  receptions: 'personal',
  /** What was erased, by ids alone. */
  erasures: 'ours',
  probe: 'ours',
};
