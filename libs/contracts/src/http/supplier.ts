import { Id, ListOf, Text, Whole } from '../fields.js';

/** Part of a contract. */
export class LotView {
  @Id('Lot') readonly id: string;
  @Text('Code: never changes', { max: 100, example: 'lotto-1' }) readonly code: string;
  @Text('Name', { max: 300, example: 'Lotto 1: risposta telefonica' }) readonly name: string;
}
/** Who runs part of the service under a contract; offices say which supplier and lot their staff belong to. */
export class SupplierView {
  @Id('Supplier') readonly id: string;
  @Text('Code', { max: 100, example: 'rti-voce' }) readonly code: string;
  @Text('Name', { max: 300, example: 'RTI Voce e Ascolto' }) readonly name: string;
  @ListOf('Its lots, by code', () => LotView, { max: 1_000 }) readonly lots: LotView[];
  @Whole('Its version', { min: 1 }) readonly version: number;
}
export class SupplierList {
  @ListOf('Suppliers, by name', () => SupplierView, { max: 10_000 }) readonly items: SupplierView[];
}
export class WriteLot {
  @Text('Code: never changes', { max: 100, pattern: /^[\w.:-]+$/, example: 'lotto-1' }) readonly code: string;
  @Text('Name', { max: 300, example: 'Lotto 1: risposta telefonica' }) readonly name: string;
}
export class WriteSupplier {
  @Text('Name', { max: 300, example: 'RTI Voce e Ascolto' }) readonly name: string;
  @ListOf('All its lots. One that an office belongs to cannot be left out', () => WriteLot, { max: 100 })
  readonly lots: WriteLot[];
}
export class MakeSupplier extends WriteSupplier {
  @Text('Code: never changes', { max: 100, pattern: /^[\w.:-]+$/, example: 'rti-voce' }) readonly code: string;
}
