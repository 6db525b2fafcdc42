import { ConfigurationError, type Channel } from '@filodiretto/channel-kit';
import { flowMistakes } from './flow/flow.js';
import { SMS_TEXT_MAX } from './limits.js';
import { e164 } from './numbers.js';
import { PhoneSession } from './session.js';
import { PhoneSettings } from './settings.js';

/** The telephone: calls through a flow described as data, and text messages of the same numbers. */
export const phone: Channel<PhoneSettings> = {
  manifest: {
    id: 'phone',
    name: 'Telefono e SMS',
    capabilities: {
      reply: true,
      initiate: true,
      acknowledge: true,
      text: { maxLength: SMS_TEXT_MAX, unit: 'characters' },
      dial: true,
      receipts: { sent: true, delivered: true },
      conversations: 'person',
      addressKinds: ['phone'],
    },
  },
  config: PhoneSettings,
  connect(config, host) {
    const wrong = (name: string, numbers: readonly string[]): string[] =>
      numbers.filter(number => e164(number) !== number).map(number => `${name}: ${number} is not a number in E.164`);
    const mistakes = [
      ...flowMistakes(config.phoneFlow).map(mistake => `PHONE_FLOW: ${mistake}`),
      ...wrong('PHONE_NUMBERS', config.phoneNumbers),
      ...wrong('SMS_NUMBERS', config.smsNumbers),
      ...wrong('PHONE_OPERATORS', config.phoneOperators),
      ...(config.phoneNumbers.length > 0 ? [] : ['PHONE_NUMBERS: names no number']),
    ];
    if (mistakes.length > 0) return Promise.reject(new ConfigurationError(mistakes));
    return Promise.resolve(new PhoneSession(config, host));
  },
};
