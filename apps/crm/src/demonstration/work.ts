import type { DrawArea, FieldSchema, MoveCase, SaveView, WriteAutomation, WriteMacro } from '@filodiretto/contracts';
import type { EntityManager } from 'typeorm';
import { Automations } from '../automation/automations.js';
import type { CaseRequest } from '../case/case-request.js';
import { Desk } from '../case/desk.js';
import { Confidentiality } from '../confidentiality/confidentiality.js';
import { Fields } from '../field/fields.js';
import type { Asking } from '../http/operator.js';
import { Incidents } from '../incident/incidents.js';
import { Macros } from '../macro/macros.js';
import { Areas } from '../place/areas.js';
import { Places } from '../place/places.js';
import { Relations } from '../relation/relations.js';
import { isRefused, type Refused } from '../refused.js';
import { Settings } from '../setting/settings.js';
import { Tasks } from '../task/tasks.js';
import { Views } from '../view/views.js';
import { OPERATORS, PAST_CASES } from './city.js';

/** Gives the services of the application that runs. */
export interface Services {
  get<T>(service: NewableFunction & { readonly prototype: T }): T;
}

/** What the journal says of everything that the demonstration began with. */
export const CAUSE = 'demonstration';

interface City {
  readonly administrationId: string;
  idOf(kind: string, code: string): string;
  /** Opens the cases. Resolves to their ids, by their codes. */
  cases(): Promise<ReadonlyMap<string, string>>;
}

/** A rectangle from its south-western to its north-eastern corner, as GeoJSON writes it. */
const rectangle = (west: number, south: number, east: number, north: number): DrawArea['geometry'] => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

const AREAS: readonly DrawArea[] = [
  { code: 'centro', name: 'Centro storico', geometry: rectangle(11.195, 44.597, 11.207, 44.606) },
  { code: 'stazione', name: 'Stazione', geometry: rectangle(11.195, 44.606, 11.215, 44.615) },
  { code: 'musicisti', name: 'Quartiere dei Musicisti', geometry: rectangle(11.207, 44.589, 11.216, 44.597) },
];

/** What a hole in the road is asked about. */
const FIELDS_OF_ROADS: FieldSchema[] = [
  {
    code: 'dove',
    label: 'Dove si trova',
    type: 'choice',
    required: 'never',
    citizen: true,
    choices: [
      { code: 'carreggiata', label: 'Carreggiata' },
      { code: 'marciapiede', label: 'Marciapiede' },
      { code: 'pista_ciclabile', label: 'Pista ciclabile' },
    ],
  },
  {
    code: 'larghezza_cm',
    label: 'Larghezza (cm)',
    type: 'number',
    required: 'never',
    citizen: false,
    min: 1,
    max: 2_000,
  },
  { code: 'transennata', label: 'È transennata', type: 'yes_no', required: 'never', citizen: true },
];

const VIEW: SaveView = {
  name: 'Segnalazioni aperte',
  filter: { open: true, kind: 'report' },
  sharedWith: 'administration',
};

const macro = (tag: string): WriteMacro => ({
  name: 'Pericolo: urgente, da transennare',
  actions: {
    change: { priority: 'urgent', reason: 'pericolo per le persone' },
    tags: [tag],
    note: 'Transennare subito; poi scrivere qui quando si ripara.',
  },
  sharedWith: 'administration',
});

const automation = (tag: string): WriteAutomation => ({
  name: 'Parole di emergenza: priorità alta',
  on: ['opened'],
  when: { words: { any: ['crollo', 'fuga di gas', 'cavo scoperto', 'voragine'] } },
  actions: { change: { priority: 'high' }, tags: [tag] },
  enabled: true,
});

/** Who writes of a tree without saying what it is about: the front desk chooses the office. */
const trees = (category: string): WriteAutomation => ({
  name: 'Alberi e rami: verde pubblico',
  on: ['opened'],
  when: { words: { any: ['albero', 'alberi', 'ramo', 'rami'] } },
  actions: { change: { category } },
  enabled: true,
});

const NOTE = 'Transennata ieri sera. @giulia.ferri se chiamano i genitori: si entra dal cancello di via Po.';
/** What the tax office needs before it can go on: until then the citizen is awaited, and the term stands still. */
const WANTED: MoveCase = { command: 'askCitizen', spoken: true, reason: 'manca la bolletta che prova che è chiuso' };
const NOT_OURS = 'Chiede del contributo per la retta, che segue il Servizio sociale';

const OUTSIDE = {
  body: { name: 'Acquedotto del Bacino', address: 'guasti@acquedotto.example' },
  question: 'In via della Stazione 21 la strada ha ceduto: la perdita è sulla vostra condotta? Quando riparate?',
};

/** What people of the invented city do with their cases, each by the service by which everybody does it. */
export async function seedWork(manager: EntityManager, app: Services, city: City): Promise<void> {
  const as = (code: string): Asking => asking(city, code);
  const tag = city.idOf('tag', 'pericolo');
  const made = (code: string): string => city.idOf('work', code);
  for (const area of AREAS)
    done(await app.get(Areas).draw(manager, as('paolo.santini'), city.idOf('area', area.code), area));
  const strade = { category: city.idOf('category', 'strade'), expectedVersion: 0 };
  done(await app.get(Fields).write(manager, as('amministra'), strade, { fields: FIELDS_OF_ROADS }));
  done(
    await app
      .get(Settings)
      .change(manager, as('amministra'), undefined, { dataProtectionOfficer: city.idOf('operator', 'silvia.moretti') }),
  );
  done(await app.get(Views).keep(manager, as('paolo.santini'), made('view'), VIEW));
  done(await app.get(Macros).keep(manager, as('paolo.santini'), made('macro'), macro(tag)));
  done(
    await app
      .get(Automations)
      .write(manager, as('paolo.santini'), { id: made('automation'), seen: 'new' }, automation(tag)),
  );
  done(
    await app
      .get(Automations)
      .write(manager, as('paolo.santini'), { id: made('trees'), seen: 'new' }, trees(city.idOf('category', 'verde'))),
  );

  const cases = await city.cases();
  const on = (code: string, operator = 'laura.bassi'): CaseRequest => {
    const caseId = cases.get(code);
    if (caseId === undefined) throw new Error(`no past case ${code}`);
    return { operator: as(operator), caseId, cause: CAUSE };
  };
  for (const { code, place } of PAST_CASES)
    if (code && place) done(await app.get(Places).set(manager, on(code), place));
  const fields = { dove: 'carreggiata', larghezza_cm: 60, transennata: true };
  done(await app.get(Desk).change(manager, on('buca'), { fields }));
  done(await app.get(Tasks).ask(manager, on('buca'), made('task'), OUTSIDE));
  const reporters = [on('buio_anche'), on('buio_ancora')].map(({ caseId }) => caseId);
  const minor = { level: 'minors', reason: 'riguarda un minore' };
  done(await app.get(Confidentiality).set(manager, on('minore', 'elena.costa'), minor));
  done(await app.get(Incidents).attach(manager, on('buio'), { cases: reporters }));
  done(await app.get(Relations).link(manager, on('buio'), on('lampione').caseId));
  done(await app.get(Desk).note(manager, on('buca'), made('note'), NOTE));
  done(await app.get(Desk).move(manager, on('rimborso', 'sara.montanari'), WANTED));
  const social = city.idOf('office', 'sociale');
  const refusal: MoveCase = { command: 'refuseCompetence', office: social, reason: NOT_OURS };
  done(await app.get(Desk).move(manager, on('nido', 'simone.fabbri'), refusal));
  done(await app.get(Desk).move(manager, on('nido', 'giulia.ferri'), { command: 'assign', office: social }));
}

function asking(city: City, code: string): Asking {
  const operator = OPERATORS.find(one => one.code === code);
  if (!operator) throw new Error(`no operator ${code}`);
  return {
    id: city.idOf('operator', code),
    administrationId: city.administrationId,
    officeId: city.idOf('office', operator.office),
    role: operator.role,
    sight: 'all',
  };
}

function done(result: object | Refused): void {
  if (isRefused(result)) throw new Error(`the demonstration was refused: ${result.detail}`);
}
