import type { Persona } from './page/model.js';

/** A citizen with their names on every channel. */
export interface Citizen extends Persona {
  /** Page-scoped id. */
  readonly psid: string;
}

/** The citizens of the page. Everything is invented; the domain and the numbers are nobody's. */
export const PERSONAS: readonly Citizen[] = [
  {
    id: 'anna',
    name: 'Anna Lisi',
    email: 'anna.lisi@posta.example',
    telephone: '+393471000001',
    psid: '310000000000001',
  },
  {
    id: 'karim',
    name: 'Karim Benali',
    email: 'karim.benali@posta.example',
    telephone: '+393471000002',
    psid: '310000000000002',
  },
  {
    id: 'rosa',
    name: 'Rosa Marchetti',
    email: 'rosa.marchetti@posta.example',
    telephone: '+393471000003',
    psid: '310000000000003',
  },
];
