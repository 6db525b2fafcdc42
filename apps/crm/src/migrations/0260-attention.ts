import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Of the moment: not in the log of the database, nor on its standbys. Whoever is there says so again within seconds.
  `create unlogged table case_attention (
    case_id uuid not null references case_file on delete cascade,
    operator_id uuid not null references operator on delete cascade,
    administration_id uuid not null references office on delete cascade,
    doing text not null check (doing in ('viewing', 'writing')),
    since timestamptz not null,
    until timestamptz not null,
    primary key (case_id, operator_id)
  ) with (fillfactor = 50)`,
  `create index case_attention_administration on case_attention (administration_id)`,
  `create index case_attention_operator on case_attention (operator_id)`,
];

/** Who has a case before their eyes now, and who writes in it. */
export class Attention0260 implements MigrationInterface {
  readonly name = 'Attention1700000000260';
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
