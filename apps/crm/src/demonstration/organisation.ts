import type { Role } from '@filodiretto/contracts';
import type { Opening } from '@filodiretto/domain';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { insertAll } from '../bulk.js';

/** Who heads what, who steps in, where it is. By the codes of offices and operators. */
const LED: Readonly<
  Record<
    string,
    {
      readonly responsible?: string;
      readonly substitutes?: readonly string[];
      readonly powerHolder?: string;
      readonly phone?: string;
      readonly address?: string;
    }
  >
> = {
  comune: { powerHolder: 'marta.valli', phone: '051 0000000', address: 'Piazza del Municipio 1' },
  urp: {
    responsible: 'chiara.lodi',
    substitutes: ['paolo.santini', 'giulia.ferri'],
    phone: '051 0000100',
    address: 'Piazza del Municipio 1, piano terra',
  },
  anagrafe: {
    responsible: 'roberto.galli',
    substitutes: ['elena.costa'],
    phone: '051 0000200',
    address: 'Via dei Tigli 8',
  },
  tributi: {
    responsible: 'davide.riva',
    substitutes: ['sara.montanari'],
    phone: '051 0000300',
    address: 'Via dei Tigli 10',
  },
  territorio: {
    responsible: 'luca.orsini',
    substitutes: ['laura.bassi'],
    powerHolder: 'luca.orsini',
    phone: '051 0000400',
  },
  manutenzioni: { responsible: 'laura.bassi', phone: '051 0000410' },
  ambiente: { responsible: 'andrea.monti', substitutes: ['nadia.poli'], phone: '051 0000420' },
  squadra_verde: { responsible: 'nadia.poli', phone: '051 0000421' },
  cimiteri: { responsible: 'ivo.sarti', phone: '051 0000430' },
  sociale: { responsible: 'francesca.neri', phone: '051 0000500' },
  scuola: { responsible: 'simone.fabbri', phone: '051 0000510' },
  polizia: { responsible: 'valeria.conti', phone: '051 0000600', address: 'Via della Stazione 3' },
};

const week = (days: readonly Opening['weekday'][], ...hours: readonly (readonly [string, string])[]): Opening[] =>
  days.flatMap(weekday => hours.map(([from, to]) => ({ weekday, from, to })));
const WORKING = [1, 2, 3, 4, 5] as const;
const MORNING = ['08:30', '13:00'] as const;
/** When the first level answers: the hours that the telephone says. */
const DESK_HOURS = [...week(WORKING, ['08:00', '19:00']), ...week([6], ['08:00', '13:00'])];

/** When offices are open, on all channels or on one. */
const HOURS: readonly { readonly office: string; readonly channel?: string; readonly opening: readonly Opening[] }[] = [
  { office: 'comune', opening: week(WORKING, ['08:00', '14:00']) },
  { office: 'urp', opening: [...week([1, 2, 3, 4, 5, 6], MORNING), ...week([2, 4], ['14:30', '18:00'])] },
  { office: 'urp', channel: 'phone', opening: DESK_HOURS },
  { office: 'anagrafe', opening: [...week(WORKING, MORNING), ...week([4], ['14:30', '17:30'])] },
  { office: 'tributi', opening: week([1, 3, 5], MORNING) },
  { office: 'tributi', channel: 'phone', opening: week(WORKING, ['09:00', '12:00']) },
  { office: 'polizia', opening: week([1, 2, 3, 4, 5, 6, 7], ['00:00', '24:00']) },
];

/** What statistics group by; the offices that answer for each, the categories that are of it. */
const TOPICS: readonly {
  readonly code: string;
  readonly label: string;
  readonly offices: readonly string[];
  readonly categories: readonly string[];
}[] = [
  { code: 'comune', label: 'Il Comune e i suoi uffici', offices: ['urp'], categories: ['informazioni', 'reclami'] },
  { code: 'documenti', label: 'Documenti e stato civile', offices: ['anagrafe'], categories: ['carta_identita'] },
  { code: 'tributi', label: 'Tributi', offices: ['tributi'], categories: ['tributi'] },
  {
    code: 'strade',
    label: 'Strade e illuminazione',
    offices: ['manutenzioni'],
    categories: ['strade', 'illuminazione'],
  },
  { code: 'ambiente', label: 'Ambiente, verde e rifiuti', offices: ['ambiente'], categories: ['rifiuti', 'verde'] },
  { code: 'cimiteri', label: 'Cimiteri', offices: ['cimiteri'], categories: ['cimiteri'] },
  { code: 'edilizia', label: 'Edilizia e urbanistica', offices: ['edilizia'], categories: ['edilizia'] },
  { code: 'scuola', label: 'Scuola e infanzia', offices: ['scuola'], categories: ['scuola'] },
  { code: 'sociale', label: 'Aiuti alle persone', offices: ['sociale'], categories: ['sociale'] },
  { code: 'sicurezza', label: 'Sosta, multe e viabilità', offices: ['polizia'], categories: ['polizia'] },
];

/** Where people belong besides their main office. */
const MEMBERSHIPS: readonly {
  readonly operator: string;
  readonly office: string;
  readonly role: Role;
  readonly tier: number;
}[] = [
  { operator: 'sara.montanari', office: 'urp', role: 'specialist', tier: 2 },
  { operator: 'davide.riva', office: 'tributi', role: 'office_head', tier: 3 },
  { operator: 'andrea.monti', office: 'squadra_verde', role: 'back_office_member', tier: 2 },
  { operator: 'luca.orsini', office: 'edilizia', role: 'office_head', tier: 3 },
];

const DAY_MS = 86_400_000;

/** How the invented city is organised: heads and substitutes, hours, topics, suppliers, who is away. */
export async function seedOrganisation(
  manager: EntityManager,
  administrationId: string,
  idOf: (kind: string, code: string) => string,
): Promise<void> {
  const office = (code: string): string => idOf('office', code);
  const operator = (code: string): string => idOf('operator', code);
  await insertAll(manager, 'supplier', [
    { id: idOf('supplier', 'ascolto'), administrationId, code: 'ascolto', name: 'RTI Ascolto e Voce', version: 1 },
  ]);
  await insertAll(manager, 'lot', [
    {
      id: idOf('lot', 'primo'),
      administrationId,
      supplierId: idOf('supplier', 'ascolto'),
      code: 'lotto-1',
      name: 'Lotto 1: primo livello',
    },
  ]);
  await manager.query(`update office set supplier_id = $2, lot_id = $3 where id = $1`, [
    office('urp'),
    idOf('supplier', 'ascolto'),
    idOf('lot', 'primo'),
  ]);
  await manager.query(`update office set patron_saint = '11-30', ipa_code = 'c_p000' where id = $1`, [
    administrationId,
  ]);
  await manager.query('update office set open_on_holidays = true where id = $1', [office('polizia')]);
  for (const [code, { responsible, powerHolder, phone, address, substitutes = [] }] of Object.entries(LED)) {
    await manager.query(
      'update office set responsible_id = $2, substitute_power_holder_id = $3, phone = $4, address = $5 where id = $1',
      [office(code), responsible && operator(responsible), powerHolder && operator(powerHolder), phone, address],
    );
    await insertAll(
      manager,
      'office_substitute',
      substitutes.map((one, position) => ({
        officeId: office(code),
        operatorId: operator(one),
        administrationId,
        position,
      })),
    );
  }
  await insertAll(
    manager,
    'office_hours',
    HOURS.map(({ office: code, channel, opening }) => ({
      officeId: office(code),
      administrationId,
      channel: channel ?? null,
      intervals: opening,
    })),
  );
  await insertAll(
    manager,
    'topic',
    TOPICS.map(({ code, label }) => ({
      id: idOf('topic', code),
      administrationId,
      code,
      label,
      active: true,
      version: 1,
    })),
  );
  await insertAll(
    manager,
    'office_topic',
    TOPICS.flatMap(({ code, offices }) =>
      offices.map(one => ({ officeId: office(one), topicId: idOf('topic', code), administrationId })),
    ),
  );
  for (const { code, categories } of TOPICS)
    await manager.query('update category set topic_id = $1 where administration_id = $2 and code = any($3)', [
      idOf('topic', code),
      administrationId,
      categories,
    ]);
  await insertAll(
    manager,
    'membership',
    MEMBERSHIPS.map(({ operator: who, office: where, role, tier }) => ({
      operatorId: operator(who),
      officeId: office(where),
      administrationId,
      role,
      tier,
    })),
    { ifAbsent: 'operator_id, office_id', otherwise: 'update set role = excluded.role, tier = excluded.tier' },
  );
  const now = Date.now();
  await insertAll(manager, 'absence', [
    {
      id: v7(),
      administrationId,
      operatorId: operator('davide.riva'),
      fromAt: new Date(now - DAY_MS),
      toAt: new Date(now + 9 * DAY_MS),
      substituteId: operator('sara.montanari'),
      createdAt: new Date(now),
    },
  ]);
  await insertAll(manager, 'closure', [
    {
      id: v7(),
      administrationId,
      officeId: administrationId,
      fromDate: `${new Date(now).getUTCFullYear()}-12-24`,
      toDate: `${new Date(now).getUTCFullYear()}-12-24`,
      reason: 'Vigilia di Natale',
      createdAt: new Date(now),
    },
  ]);
}
