import type { Line, PhoneCall } from './page/model.js';
import type { Citizen } from './personas.js';
import { WrongRequest } from './wrong-request.js';

export class Telephone {
  call(_citizen: Citizen): PhoneCall | undefined {
    return undefined;
  }
  texts(_citizen: Citizen): Line[] {
    return [];
  }
  async write(_citizen: Citizen, _text: string): Promise<void> {
    throw new WrongRequest('no');
  }
  async place(_citizen: Citizen): Promise<void> {
    throw new WrongRequest('no');
  }
  async press(_citizen: Citizen, _keys: string): Promise<void> {
    throw new WrongRequest('no');
  }
  async speak(_citizen: Citizen, _text: string): Promise<void> {
    throw new WrongRequest('no');
  }
  async hangUp(_citizen: Citizen): Promise<void> {
    throw new WrongRequest('no');
  }
}
