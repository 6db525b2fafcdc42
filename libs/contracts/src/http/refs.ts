import { Id, Text } from '../fields.js';

/** An office, by name. */
export class OfficeRef {
  @Id('Office') readonly id: string;
  @Text('Its name', { max: 300, example: 'Ufficio Relazioni con il Pubblico' }) readonly name: string;
}
/** An operator, by name. */
export class OperatorRef {
  @Id('Operator') readonly id: string;
  @Text('Name', { max: 300, example: 'Anna Riva' }) readonly name: string;
}
/** A category, by label. */
export class CategoryRef {
  @Id('Category') readonly id: string;
  @Text('Code', { max: 100, example: 'strade' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 300, example: 'Strade e marciapiedi' }) readonly label: string;
}
/** A contact, by name. */
export class ContactRef {
  @Id('Contact') readonly id: string;
  @Text('Name, when known', { max: 300, optional: true, example: 'Mario Bianchi' }) readonly name?: string;
  @Text('Where they are reached, or what they call themselves there; only when no name is known', { max: 500, optional: true, example: '+393471000002' })
  readonly address?: string;
  @Text('What sort of address that is; absent when it is what they call themselves there', { max: 40, optional: true, example: 'phone' })
  readonly addressKind?: string;
}
/** A case, by number. */
export class CaseRef {
  @Id('Case') readonly id: string;
  @Text('Its number', { max: 40, example: '2026-004217-3' }) readonly number: string;
}
/** A topic, by label. */
export class TopicRef {
  @Id('Topic') readonly id: string;
  @Text('Code', { max: 100, example: 'tari' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 300, example: 'TARI, tassa sui rifiuti' }) readonly label: string;
}
/** A tag, by label. */
export class TagRef {
  @Id('Tag') readonly id: string;
  @Text('Code', { max: 100, example: 'alluvione_2026' }) readonly code: string;
  @Text('As people see it (Italian)', { max: 200, example: 'Alluvione 2026' }) readonly label: string;
}
