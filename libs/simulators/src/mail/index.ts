export { startImapServer, type ImapServer, type ImapServerOptions, type StoredMail } from './imap.js';
export type { MailFault, ReceivedMail } from './inbox.js';
export { sendMail, type CitizenMail, type Handed } from './outbox.js';
export { startMailSimulator, type MailSimulator, type MailSimulatorOptions } from './simulator.js';
