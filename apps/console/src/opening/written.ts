import type { Schemas } from '../api/client.js';

type Body = Schemas['OpenCaseByHand'];
export type Field = Schemas['FieldSchema'];

export const WHO = ['known', 'new', 'nobody'] as const;
export const CAME = ['desk', 'phone', 'letter', 'other'] as const;

/** What is written of a case that is being opened by hand. */
export interface Opening {
  readonly subject: string;
  readonly text: string;
  readonly came: (typeof CAME)[number];
  readonly who: (typeof WHO)[number];
  readonly contact: { readonly id: string; readonly name: string } | undefined;
  readonly name: string;
  readonly addressKind: string;
  readonly address: string;
  readonly category: string | undefined;
  readonly kind: NonNullable<Body['kind']> | '';
  readonly priority: NonNullable<Body['priority']>;
  readonly office: string | undefined;
  readonly place: string;
  /** By code: words, or the codes of what was chosen. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

export const NOTHING: Opening = {
  subject: '',
  text: '',
  came: 'desk',
  who: 'known',
  contact: undefined,
  name: '',
  addressKind: '',
  address: '',
  category: undefined,
  kind: '',
  priority: 'normal',
  office: undefined,
  place: '',
  fields: {},
};

export type Lack = 'required' | 'person' | 'new' | 'address' | 'number';

const isEmpty = (value: string | readonly string[] | undefined): boolean =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);

/** A number as people write it, with a comma or a point; not a number where it is none. */
const numberOf = (text: string): number => Number(text.trim().replace(',', '.'));

/** What is lacking or wrong before anything is asked, by the JSON pointer of the field. */
export function lacking(written: Opening, fields: readonly Field[]): ReadonlyMap<string, Lack> {
  const lacks = new Map<string, Lack>();
  if (isEmpty(written.subject)) lacks.set('/subject', 'required');
  if (written.who === 'known' && !written.contact) lacks.set('/contact', 'person');
  if (written.who === 'new') {
    const [kind, value] = [isEmpty(written.addressKind), isEmpty(written.address)];
    if (isEmpty(written.name) && value) lacks.set('/newContact/name', 'new');
    else if (!value && kind) lacks.set('/newContact/addresses/0/kind', 'address');
  }
  for (const { code, type, required } of fields) {
    const value = written.fields[code];
    const pointer = `/fields/${code}`;
    if (isEmpty(value)) {
      if (required === 'opening') lacks.set(pointer, 'required');
    } else if (type === 'number' && typeof value === 'string' && !Number.isFinite(numberOf(value)))
      lacks.set(pointer, 'number');
  }
  return lacks;
}

function valueOf(type: Field['type'], value: string | readonly string[]): unknown {
  if (typeof value !== 'string') return [...value];
  if (type === 'number') return numberOf(value);
  if (type === 'yes_no') return value === 'yes';
  return value.trim();
}

/** What the API is asked; `cameWords`: how the case came, as it stands before what was said. */
export function bodyOf(written: Opening, fields: readonly Field[], cameWords: string): Body {
  const { subject, text, who, contact, name, addressKind, address, category, kind, priority, office } = written;
  const values = Object.fromEntries(
    fields.flatMap(({ code, type }) => {
      const value = written.fields[code];
      return value === undefined || isEmpty(value) ? [] : [[code, valueOf(type, value)] as const];
    }),
  );
  const words = text.trim();
  return {
    subject: subject.trim(),
    text: words === '' ? cameWords : `${cameWords}\n\n${words}`,
    priority,
    ...(kind === '' ? {} : { kind }),
    ...(category === undefined ? {} : { category }),
    ...(office === undefined ? {} : { office }),
    ...(who === 'known' && contact ? { contact: contact.id } : {}),
    ...(who === 'new'
      ? {
          newContact: {
            ...(name.trim() === '' ? {} : { name: name.trim() }),
            ...(address.trim() === '' ? {} : { addresses: [{ kind: addressKind, value: address.trim() }] }),
          },
        }
      : {}),
    ...(Object.keys(values).length === 0 ? {} : { fields: values }),
  };
}
