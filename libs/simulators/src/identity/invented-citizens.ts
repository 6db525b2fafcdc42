/** Somebody invented, with a digital identity. Their fiscal codes are well-formed; no municipality has the place of birth that they name. */
export interface InventedCitizen {
  readonly subject: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Absent: a citizen of another state, who logs in by eIDAS. */
  readonly fiscalCode?: string;
  readonly email?: string;
}

export const CITIZENS: readonly InventedCitizen[] = [
  {
    subject: 'anna.lisi',
    givenName: 'Anna',
    familyName: 'Lisi',
    fiscalCode: 'LSINNA80A41X001S',
    email: 'anna.lisi@posta.example',
  },
  {
    subject: 'karim.benali',
    givenName: 'Karim',
    familyName: 'Benali',
    fiscalCode: 'BNLKRM75D05X002O',
    email: 'karim.benali@posta.example',
  },
  {
    subject: 'rosa.marchetti',
    givenName: 'Rosa',
    familyName: 'Marchetti',
    fiscalCode: 'MRCRSO52S58X003J',
    email: 'rosa.marchetti@posta.example',
  },
  { subject: 'luca.neri', givenName: 'Luca', familyName: 'Neri', fiscalCode: 'NRELCU90H12X004D' },
  { subject: 'jeanne.dupont', givenName: 'Jeanne', familyName: 'Dupont', email: 'jeanne.dupont@poste.example' },
];
