import { ConfigurationError, type Channel } from '@filodiretto/channel-kit';
import { mistakesOf } from './form.js';
import { WebformSession } from './session.js';
import { WebformSettings } from './settings.js';

/** The forms on the administration's site. It only receives: answers go to the address left in the form. */
export const webform: Channel<WebformSettings> = {
  manifest: { id: 'webform', name: 'Moduli in linea', capabilities: { subject: true, conversations: 'thread' } },
  config: WebformSettings,
  connect(config, host) {
    const mistakes = mistakesOf(config.webformForms);
    if (mistakes.length > 0)
      return Promise.reject(new ConfigurationError(mistakes.map(words => `WEBFORM_FORMS: ${words}`)));
    return Promise.resolve(new WebformSession(config, host));
  },
};
