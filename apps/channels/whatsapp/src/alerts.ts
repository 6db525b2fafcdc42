import { verdictOnFirst } from './errors.js';
import { jsonOf, listOf, textOf, type Json } from '@filodiretto/channel-kit';

const BAD_EVENTS = /DISABLED|DELETED|OFFBOARDED|RESTRICT|VIOLATION|REMOVED|FLAGGED|PAUSED|REJECTED/;

/** What the provider says against the account itself: for the people who run the channel. */
export function alertsOf(delivery: Json): string[] {
  return listOf(delivery.entry).flatMap(entry =>
    listOf(entry.changes).flatMap(change => {
      const value = jsonOf(change.value);
      const field = textOf(change.field) ?? '';
      const event = textOf(value.event) ?? textOf(value.new_quality_score) ?? '';
      const verdict = field === 'messages' ? verdictOnFirst(value.errors) : undefined;
      return [
        ...(verdict ? [verdict.detail] : []),
        ...(/^(account_|phone_number_|security|message_template_|business_capability)/.test(field) &&
        BAD_EVENTS.test(event)
          ? [`${field}: ${event}`]
          : []),
      ];
    }),
  );
}
