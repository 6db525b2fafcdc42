import { Inject, Injectable } from '@nestjs/common';
import { RawStore } from '@filodiretto/platform';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';

/** For how long bytes may be kept before a row says whose they are. */
const UNDERWAY_MS = 15 * 60_000;
/** `later`: they were kept so lately that nobody may know yet whose they are. */
export type Fate = 'destroyed' | 'shared' | 'later';

/** Destroys bytes that nobody needs any more. */
@Injectable()
export class Blobs {
  constructor(
    @Inject(RawStore) private readonly raw: RawStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Destroys those of these bytes that nothing refers to, and says of each what became of it. */
  async destroy(manager: EntityManager, addresses: readonly string[]): Promise<Map<string, Fate>> {
    const fates = new Map<string, Fate>();
    for (const sha256 of await draftedLately(manager, addresses)) fates.set(sha256, 'later');
    const settled = addresses.filter(sha256 => !fates.has(sha256));
    const needed = await referred(manager, settled);
    for (const sha256 of settled) fates.set(sha256, needed.has(sha256) ? 'shared' : await this.one(sha256));
    const gone = addresses.filter(sha256 => fates.get(sha256) === 'destroyed');
    await manager.query('delete from upload where sha256 = any($1::text[])', [gone]);
    return fates;
  }

  private async one(sha256: string): Promise<Fate> {
    const at = await this.raw.keptAt({ sha256 });
    if (at && this.clock.now().getTime() - at.getTime() < UNDERWAY_MS) return 'later';
    await this.raw.destroy({ sha256 });
    return 'destroyed';
  }

  /** Those of some deliveries that brought something which is still kept, or waits. */
  async needed(manager: EntityManager, receptions: readonly string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await manager.query(
      `select distinct i.reception_id as id from reception_item i join message m on m.id = i.message_id
       where i.reception_id = any($1::uuid[]) and m.erased_at is null
       union select reception_id from parked where reception_id = any($1::uuid[]) and state = 'waiting'`,
      [receptions],
    );
    return new Set(rows.map(row => row.id));
  }

  /** The addresses of what came with some deliveries, byte for byte. */
  bytesOf(receptions: readonly string[]): Promise<string[]> {
    return this.raw.bytesOf(receptions);
  }

  /** Forgets what the records of some deliveries say. To be called when what they say of their bytes is noted. */
  forget(receptions: readonly string[]): Promise<void> {
    return this.raw.forget(receptions);
  }
}

/** Those that somebody uploaded lately: it may be a draft, or what the message that is erased was sent with. Tomorrow it is neither. */
async function draftedLately(manager: EntityManager, addresses: readonly string[]): Promise<string[]> {
  const rows: { sha256: string }[] = await manager.query(
    `select distinct sha256 from upload where sha256 = any($1::text[]) and created_at > clock_now() - interval '1 day'`,
    [addresses],
  );
  return rows.map(row => row.sha256);
}

/** Those of some bytes that somebody else's message, file or letter refers to. Reads every message once. */
async function referred(manager: EntityManager, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const rows: { sha256: string }[] = await manager.query(
    `select sha256 from attachment where sha256 = any($1::text[])
     union select raw_sha256 from message where raw_sha256 = any($1::text[])
     union select b.sha256 from message m,
       jsonb_path_query(m.content, '$.**.sha256') j, lateral (select j#>>'{}' as sha256) b
       where m.erased_at is null and m.content @? '$.**.sha256' and b.sha256 = any($1::text[])
     union select b.sha256 from letter l, jsonb_path_query(l.files, '$.**.sha256') j, lateral (select j#>>'{}' as sha256) b
       where l.files <> '[]' and b.sha256 = any($1::text[])
     union select b.sha256 from parked p, jsonb_path_query(p.payload, '$.**.sha256') j, lateral (select j#>>'{}' as sha256) b
       where b.sha256 = any($1::text[])`,
    [addresses],
  );
  return new Set(rows.map(row => row.sha256));
}
