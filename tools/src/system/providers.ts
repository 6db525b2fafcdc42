import {
  startClamd,
  startMailSimulator,
  startMetaSimulator,
  startTwilioSimulator,
  type MailSimulator,
  type MetaSimulator,
  type TwilioSimulator,
} from '@filodiretto/simulators';
import { DEMONSTRATION, urlOf, type Surroundings } from './services.js';

/** The providers' doubles of one demonstration. */
export interface Providers {
  readonly mail: MailSimulator;
  readonly meta: MetaSimulator;
  readonly twilio: TwilioSimulator;
  close(): Promise<void>;
}

/** Starts the doubles, pointed at the channels. Rejects, having closed those it started, when one does not start. */
export async function startProviders({ ports, secrets }: Surroundings): Promise<Providers> {
  const open: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(open.splice(0).map(one => one.close()));
  };
  const opened = <T extends { close(): Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  try {
    const mail = opened(
      await startMailSimulator({
        smtpPort: ports.mailSmtp,
        httpPort: ports.mailHttp,
        channelSmtpUrl: `smtp://127.0.0.1:${ports.smtp}`,
      }),
    );
    const meta = opened(
      await startMetaSimulator({
        port: ports.meta,
        appSecret: secrets.metaAppSecret,
        verifyToken: secrets.metaVerifyToken,
        accessToken: secrets.metaAccessToken,
        webhooks: { whatsapp: `${urlOf('whatsapp', ports)}/webhook`, page: `${urlOf('facebook', ports)}/webhook` },
        appId: DEMONSTRATION.metaAppId,
        numbers: { [DEMONSTRATION.whatsappNumber.id]: DEMONSTRATION.whatsappNumber.shown.replace('+', '') },
        pages: { [DEMONSTRATION.facebookPage.id]: DEMONSTRATION.facebookPage.name },
      }),
    );
    const phone = urlOf('phone', ports);
    const twilio = opened(
      await startTwilioSimulator({
        port: ports.twilio,
        accountSid: DEMONSTRATION.twilioAccount,
        authToken: secrets.twilioAuthToken,
        voiceUrl: `${phone}/voice#rc=2&rp=ct,5xx`,
        smsUrl: `${phone}/sms#rc=5&rp=all`,
        fallbackUrl: `${phone}/voice/fallback`,
        statusUrl: `${phone}/voice/status#rc=5&rp=all`,
        numbers: [DEMONSTRATION.telephone],
        smsNumbers: [DEMONSTRATION.sms],
        charactersPerSecond: 40,
        patienceSeconds: 60,
      }),
    );
    twilio.phones.set(DEMONSTRATION.operatorTelephone, {
      ...twilio.phones.ordinary,
      afterSeconds: 2,
      says: ['Buongiorno, sono un operatore del Comune. Dimmi pure.'],
    });
    // It finds what every scanner is tried with.
    opened(await startClamd(ports.clamd));
    return { mail, meta, twilio, close };
  } catch (error) {
    await close();
    throw error;
  }
}
