import type { WhatsappSettings } from '../settings.js';
import { adapted, type Library, type LibraryClient } from './adapter.js';
import type { WaWebClient } from './client.js';

interface Module {
  readonly Client: new (options: object) => LibraryClient;
  readonly LocalAuth: new (options: { clientId: string; dataPath: string }) => object;
  readonly MessageMedia: Library['MessageMedia'];
  readonly Location: Library['Location'];
}

/** The client over the library and a real browser. Loads both: nothing of them is touched before. */
export async function libraryClient(config: WhatsappSettings): Promise<WaWebClient> {
  // One file of the library says it is a namespace: its default export is all of it.
  const library = (await import('whatsapp-web.js')).default as unknown as Module;
  const client = new library.Client({
    authStrategy: new library.LocalAuth({ clientId: 'filodiretto', dataPath: config.whatsappWebDir }),
    puppeteer: {
      executablePath: config.whatsappWebChromium,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  });
  return adapted(client, library);
}
