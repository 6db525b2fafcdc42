import { isSameText, type State } from '@filodiretto/channel-kit';

interface Said {
  readonly text: string;
  readonly until: string;
}
const MAX_LENGTH = 1_000;
const DAY_MS = 86_400_000;

/** Words of an emergency, said to every caller before anything else until a time. Set by people, under `/admin/announcement`. */
export class Announcement {
  constructor(
    private readonly state: State,
    private readonly token: string | undefined,
  ) {}

  async current(now = new Date()): Promise<string | undefined> {
    const said = await this.state.get<Said>('announcement');
    return said && said.until > now.toISOString() ? said.text : undefined;
  }

  /** GET, PUT `{ text, until? }` (a day unless told), DELETE; with the bearer token of the settings. */
  async admin(request: Request): Promise<Response> {
    if (!new URL(request.url).pathname.endsWith('/admin/announcement'))
      return new Response('not found', { status: 404 });
    const given = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    if (!this.token || !isSameText(given, this.token)) return new Response('say who you are', { status: 401 });
    if (request.method === 'PUT') return this.put(await request.text());
    if (request.method === 'DELETE') {
      await this.state.delete('announcement');
      return new Response(null, { status: 204 });
    }
    const said = await this.state.get<Said>('announcement');
    return Response.json(said ?? {});
  }

  private async put(body: string): Promise<Response> {
    let asked: { text?: unknown; until?: unknown };
    try {
      asked = JSON.parse(body) as { text?: unknown; until?: unknown };
    } catch {
      return new Response('not JSON', { status: 400 });
    }
    const until =
      asked.until === undefined ? Date.now() + DAY_MS : Date.parse(typeof asked.until === 'string' ? asked.until : '');
    if (
      typeof asked.text !== 'string' ||
      asked.text.trim() === '' ||
      asked.text.length > MAX_LENGTH ||
      Number.isNaN(until)
    )
      return new Response(`text: 1 to ${MAX_LENGTH} characters; until: an instant`, { status: 422 });
    const said: Said = { text: asked.text.trim(), until: new Date(until).toISOString() };
    await this.state.set('announcement', said);
    return Response.json(said);
  }
}
