import { Conversation } from './conversation.js';
import type { CitizenSide, Line, Opening, Persona } from './model.js';
import { act, follow, opening, Refused } from './server.js';
import { Tabs } from './tabs.js';
import { Telephone } from './telephone.js';

/** Which tab shows which conversation. */
const TABS = {
  email: 'email',
  whatsapp: 'whatsapp',
  messenger: 'messenger',
  webform: 'webform',
  sms: 'phone',
  call: 'phone',
} as const;
type Name = keyof typeof TABS;
const NAMES = Object.keys(TABS) as Name[];

const one = <T extends Element>(selector: string, type: new () => T): T => {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`the page has no ${selector}`);
  return found;
};

const option = (value: string, words: string): HTMLOptionElement => {
  const made = document.createElement('option');
  made.value = value;
  made.textContent = words;
  return made;
};

class Page {
  private readonly tabs = new Tabs(one('.tabs', HTMLElement));
  private readonly chooser = one('#persona', HTMLSelectElement);
  private readonly connection = one('#connection', HTMLElement);
  private readonly mailForm = one('form[data-action="email"]', HTMLFormElement);
  private readonly conversations: Readonly<Record<Name, Conversation>>;
  private readonly telephone: Telephone;
  private stream?: { close(): void };
  private answered?: Line;
  private opened = false;

  constructor(private readonly said: Opening) {
    this.conversations = Object.fromEntries(
      NAMES.map(name => [
        name,
        new Conversation(
          one(`[data-conversation="${name}"]`, HTMLElement),
          name === 'email' ? line => this.startAnswer(line) : undefined,
        ),
      ]),
    ) as Record<Name, Conversation>;
    this.telephone = new Telephone((action, body) => void this.ask(action, body, one('#call-mistake', HTMLElement)));
    this.chooser.append(...said.personas.map(({ id, name }) => option(id, name)));
    this.chooser.addEventListener('change', () => this.become());
    one('#email-to', HTMLSelectElement).append(
      ...said.administration.mailboxes.map(({ address, name }) => option(address, `${name} <${address}>`)),
    );
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-action]'))
      form.addEventListener('submit', event => {
        event.preventDefault();
        void this.submit(form);
      });
    one('.answering button', HTMLButtonElement).addEventListener('click', () => this.startAnswer(undefined));
    this.become();
  }

  private get persona(): Persona {
    const chosen = this.said.personas.find(({ id }) => id === this.chooser.value);
    if (!chosen) throw new Error('nobody is chosen');
    return chosen;
  }

  private become(): void {
    const { persona } = this;
    const rows = [
      ['E-mail', persona.email],
      ['Telefono', persona.telephone],
    ].map(([name, value]) => {
      const row = document.createElement('div');
      const [term, detail] = [document.createElement('dt'), document.createElement('dd')];
      term.textContent = `${name}:`;
      detail.textContent = value ?? '';
      row.append(term, detail);
      return row;
    });
    one('#addresses', HTMLElement).replaceChildren(...rows);
    for (const conversation of Object.values(this.conversations)) conversation.clear();
    this.startAnswer(undefined);
    this.opened = false;
    this.stream?.close();
    this.stream = follow(persona.id, {
      changed: side => this.show(side),
      connected: yes => {
        this.connection.textContent = yes ? 'Collegato: le risposte arrivano da sole' : 'Collegamento perso, riprovo…';
      },
    });
  }

  private show(side: CitizenSide): void {
    for (const name of NAMES) {
      const lines = name === 'call' ? (side.call?.lines ?? []) : side[name];
      const arrived = this.conversations[name].show(lines);
      if (this.opened) for (let count = 0; count < arrived; count += 1) this.tabs.arrived(TABS[name]);
    }
    this.telephone.show(side.call);
    this.opened = true;
  }

  private async submit(form: HTMLFormElement): Promise<void> {
    const action = form.dataset.action ?? '';
    const body = Object.fromEntries(
      [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
    );
    const button = form.querySelector<HTMLButtonElement>('button[type="submit"]');
    if (button) button.disabled = true;
    if (action === 'email' && this.answered) body.answers = this.answered.id;
    const done = await this.ask(action, body, form.querySelector('.mistake'));
    if (button) button.disabled = false;
    if (!done) return;
    form.reset();
    if (action === 'email') this.startAnswer(undefined);
  }

  private async ask(action: string, body: Readonly<Record<string, string>>, mistake: Element | null): Promise<boolean> {
    const { persona } = this;
    try {
      if (mistake) mistake.textContent = '';
      const side = await act(persona.id, action, body);
      if (this.persona === persona) this.show(side);
      return true;
    } catch (error) {
      if (mistake) mistake.textContent = error instanceof Refused ? error.message : 'Qualcosa non va in questa pagina.';
      if (!(error instanceof Refused)) throw error;
      return false;
    }
  }

  private startAnswer(line: Line | undefined): void {
    this.answered = line;
    const subject = one('#email-subject', HTMLInputElement);
    one('.answering', HTMLElement).hidden = line === undefined;
    one('.answering strong', HTMLElement).textContent = line?.subject ?? '';
    one('.new-mail', HTMLElement).hidden = line !== undefined;
    subject.value = line?.subject ? (/^re:/i.test(line.subject) ? line.subject : `Re: ${line.subject}`) : '';
    if (!line) return;
    const text = this.mailForm.querySelector('textarea');
    text?.focus();
  }
}

new Page(await opening());
