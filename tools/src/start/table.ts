import type { Operator } from '../system/operators.js';
import type { Urls } from '../system/system.js';

/** What runs where, for a person. */
export function table(urls: Urls, operators: readonly Operator[], folder: string): string {
  const rows: (readonly [string, string])[] = [
    ["the citizen's side", urls.citizen],
    ['a site with the widget', `${urls.citizen}/sito`],
    ['the citizens’ pages', urls.portal],
    ['the operators’ console', `${urls.crm}/console/`],
    ['crm (API)', `${urls.crm}/api   described at ${urls.crm}/docs`],
    ['email', `${urls.channels.email.http}   mail to ${urls.channels.email.smtp}`],
    ['phone', urls.channels.phone],
    ['whatsapp', urls.channels.whatsapp],
    ['facebook', urls.channels.facebook],
    ['webform', `${urls.channels.webform}   forms at ${urls.channels.webform}/moduli`],
    ['loopback', urls.channels.loopback],
    ['webchat', urls.channels.webchat],
    ["Twilio's double", urls.simulators.twilio],
    ["Meta's double", urls.simulators.meta],
    ["citizens' mail", `${urls.simulators.mail.http}   mail to ${urls.simulators.mail.smtp}`],
    ['identity provider', `${urls.simulators.identity}   log in at ${urls.crm}/auth/login`],
    ["SPID and CIE's double", urls.simulators.citizenIdentity],
    ['PostgreSQL', urls.postgres],
    ['NATS', urls.nats],
    ['data and logs', folder],
  ];
  return [
    box(['what', 'where'], rows),
    '',
    box(
      ['operator', 'person', 'office', 'role'],
      operators.map(({ name, person, office, role }) => [name, person, office, role.replaceAll('_', ' ')]),
    ),
    '',
    `An operator's token: curl '${urls.simulators.identity}/_control/token?person=giulia.ferri' (or another person of these)`,
  ].join('\n');
}

function box(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd();
  return [line(head), line(widths.map(width => '─'.repeat(width))), ...rows.map(line)].join('\n');
}
