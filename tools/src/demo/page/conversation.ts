import type { Line } from './model.js';

const clock = new Intl.DateTimeFormat('it-IT', {
  day: '2-digit',
  month: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Rome',
});

const element = (name: string, className: string, text?: string): HTMLElement => {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

/** One conversation on the page: lines are added and changed where they are, so that a screen reader reads only what is new. */
export class Conversation {
  private readonly shown = new Map<string, { readonly element: HTMLElement; json: string }>();

  constructor(
    private readonly box: HTMLElement,
    /** How the citizen answers one line, where that is possible. */
    private readonly answer?: (line: Line) => void,
  ) {}

  /** Shows these lines. Answers how many of the administration are new. */
  show(lines: readonly Line[]): number {
    let arrived = 0;
    const ids = new Set(lines.map(line => line.id));
    for (const [id, { element: gone }] of this.shown)
      if (!ids.has(id)) {
        gone.remove();
        this.shown.delete(id);
      }
    for (const line of lines) {
      const json = JSON.stringify(line);
      const known = this.shown.get(line.id);
      if (known?.json === json) continue;
      if (known) {
        known.json = json;
        known.element.replaceChildren(...this.parts(line));
        continue;
      }
      const bubble = element('article', `bubble ${line.by}`);
      bubble.append(...this.parts(line));
      this.box.append(bubble);
      this.shown.set(line.id, { element: bubble, json });
      if (line.by === 'administration') arrived += 1;
      this.box.scrollTop = this.box.scrollHeight;
    }
    // A region that scrolls must be reachable by keyboard.
    this.box.tabIndex = lines.length > 0 ? 0 : -1;
    return arrived;
  }

  clear(): void {
    this.shown.clear();
    this.box.replaceChildren();
  }

  private parts(line: Line): HTMLElement[] {
    const meta = element('p', 'meta');
    meta.append(
      element('span', 'by', line.by === 'citizen' ? 'Tu' : 'Comune'),
      ...(line.address ? [element('span', 'address', `${line.by === 'citizen' ? 'a' : 'da'} ${line.address}`)] : []),
    );
    const time = element('time', 'at', clock.format(new Date(line.at)));
    time.setAttribute('datetime', line.at);
    meta.append(time);
    const parts = [meta];
    if (line.subject) parts.push(element('p', 'subject', line.subject));
    parts.push(element('p', 'words', line.text));
    if (line.note) parts.push(element('p', 'note', line.note));
    if (this.answer && line.by === 'administration') {
      const button = element('button', 'link', 'Rispondi') as HTMLButtonElement;
      button.type = 'button';
      button.setAttribute('aria-label', `Rispondi a: ${line.subject ?? 'messaggio'}`);
      button.addEventListener('click', () => this.answer?.(line));
      parts.push(button);
    }
    return parts;
  }
}
