import { Inject, Injectable } from '@nestjs/common';
import type { WriteOffice } from '@filodiretto/contracts';
import type { LockedTree, TreeOffice } from '../office/locked-tree.js';
import type { FileRow } from './csv.js';
import { OfficeFile, type OfficeEntry } from './office-file.js';
import type { Tally } from './report.js';

/**
 * The columns of "Unità organizzative" in the open data of the public index of administrations (IndicePA). The index changed their
 * names in 2021 and may again: this is the only place that knows them.
 */
const COLUMNS = {
  administration: ['codice_ipa', 'cod_amm'],
  code: ['codice_uni_uo', 'cod_uni_ou', 'codice_uni_ou'],
  parent: ['codice_uni_uo_padre', 'codice_uni_ou_padre', 'cod_uni_ou_padre'],
  name: ['descrizione_uo', 'des_ou', 'descrizione_ou'],
  address: ['indirizzo'],
  postcode: ['cap'],
  phone: ['telefono', 'tel'],
  mails: [
    ['mail1', 'tipo_mail1'],
    ['mail2', 'tipo_mail2'],
    ['mail3', 'tipo_mail3'],
  ],
} as const;

/** An office that exists only to be sent invoices. */
const NOT_AN_OFFICE = /^uff_efatturapa$/i;
/** Certified mail is for acts, not for letters between colleagues. */
const CERTIFIED = /^pec$/i;
/** What the index writes where it has nothing. */
const NOTHING = /^(null|n\.?d\.?|da_indicare|-)$/i;

interface IpaRow {
  readonly line: number;
  readonly code: string;
  readonly parent: string;
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly email: string;
}

/** Offices from the public index of administrations. */
@Injectable()
export class IpaFile {
  constructor(@Inject(OfficeFile) private readonly offices: OfficeFile) {}

  /**
   * Takes in the rows of one administration of the index: new ones are made, those known by their code in the index are named,
   * placed and reached as the index says. What the index does not know (kind, level, people, topics) stays as it is.
   */
  async take(tree: LockedTree, administration: string, rows: AsyncIterable<FileRow>, tally: Tally): Promise<void> {
    const units: IpaRow[] = [];
    for await (const row of rows) {
      tally.row();
      const unit = unitOf(row, administration);
      if (unit === 'not theirs') tally.skipped();
      else if (typeof unit === 'string') tally.wrong(row.line, undefined, unit);
      else units.push(unit);
    }
    const codes = new Set(units.map(({ code }) => code.toLowerCase()));
    const above = new Set(units.map(({ parent }) => parent.toLowerCase()));
    const root = (at: LockedTree): TreeOffice | undefined => at.offices.get(at.administrationId);
    await this.offices.carryOut(
      tree,
      units.map((unit): OfficeEntry => {
        const parent = unit.parent.toLowerCase();
        return {
          line: unit.line,
          code: unit.code,
          known: at => byIpaCode(at, unit.code),
          // A parent that is neither in the file nor here is none of this administration's: it stands at the top.
          parent: at =>
            byIpaCode(at, unit.parent) ??
            (codes.has(parent) && parent !== unit.code.toLowerCase() ? undefined : root(at)),
          parentColumn: COLUMNS.parent[0],
          said: (place, before) => saidOf(unit, before, above.has(unit.code.toLowerCase()) && place?.kind !== 'office'),
        };
      }),
      tally,
    );
  }
}

function saidOf(unit: IpaRow, before: WriteOffice | undefined, hasOfficesBelow: boolean): Partial<WriteOffice> {
  const { name, phone, address, email, code } = unit;
  return {
    name,
    ipaCode: code,
    ...(phone ? { phone } : {}),
    ...(address ? { address } : {}),
    ...(email ? { email } : {}),
    ...(before ? {} : { kind: hasOfficesBelow ? 'department' : 'office', tier: 2 }),
  };
}

const byIpaCode = ({ offices }: LockedTree, code: string): TreeOffice | undefined =>
  code === '' ? undefined : [...offices.values()].find(one => one.ipaCode?.toLowerCase() === code.toLowerCase());

function unitOf({ line, cells }: FileRow, administration: string): IpaRow | 'not theirs' | (string & {}) {
  const cell = (names: readonly string[]): string => {
    const found = names.map(name => cells.get(name)).find(one => one !== undefined) ?? '';
    return NOTHING.test(found) ? '' : found;
  };
  if (!COLUMNS.administration.some(name => cells.has(name)))
    return `the column "${COLUMNS.administration[0]}" is missing`;
  if (cell(COLUMNS.administration).toLowerCase() !== administration.toLowerCase()) return 'not theirs';
  const [code, name] = [cell(COLUMNS.code), cell(COLUMNS.name)];
  if (NOT_AN_OFFICE.test(name)) return 'not theirs';
  if (code === '' || name === '') return `"${COLUMNS.code[0]}" and "${COLUMNS.name[0]}" must be said`;
  const mails = COLUMNS.mails.map(([mail, type]) => ({ mail: cell([mail]), type: cell([type]) }));
  const postcode = cell(COLUMNS.postcode);
  return {
    line,
    code,
    parent: cell(COLUMNS.parent),
    name: name.slice(0, 300),
    phone: cell(COLUMNS.phone).slice(0, 100),
    address: [cell(COLUMNS.address), postcode].filter(Boolean).join(', ').slice(0, 500),
    email: mails.find(({ mail, type }) => mail.includes('@') && !CERTIFIED.test(type))?.mail ?? '',
  };
}
