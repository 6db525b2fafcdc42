import { Conversation, type Attendance, type Line, type LineChoice, type LineFile } from './connection.js';
import { STYLE } from './style.js';
import type { Words } from './words.js';

/** What the page that shows the widget says of it. */
export interface Said {
  /** The citizens' pages, without a final slash. */
  readonly portal: string;
  readonly chat?: string;
  readonly privacy: string;
  readonly language: 'it' | 'en';
  readonly words: Words;
}

type Child = Node | string;
function made<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A line as it is drawn. */
interface Shown extends Pick<Line, 'id' | 'by' | 'text'> {
  readonly files: readonly LineFile[];
  readonly choices: readonly LineChoice[];
}

/** Of all the files of one message together: more is never sent. */
const MOST_BYTES = 25_000_000;
/** Browsers read what they are given to download a little after. */
const KEPT_FOR_DOWNLOAD_MS = 60_000;
const OPEN = 'filodiretto:open';
const DRAFT = 'filodiretto:draft';
const session = {
  get: (key: string): string => {
    try {
      return sessionStorage.getItem(key) ?? '';
    } catch {
      return '';
    }
  },
  set: (key: string, value: string): void => {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // It lives as long as this page.
    }
  },
};

/** Puts the button and its panel at the end of a page. */
export function show(said: Said): void {
  const { words, portal } = said;
  const host = made('div', { lang: said.language });
  const root = host.attachShadow({ mode: 'open' });
  // Not an element of the page: a policy that forbids styles written in pages does not forbid this.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const count = made('span', { class: 'count', hidden: '' });
  const button = made('button', { class: 'open', type: 'button', 'aria-expanded': 'false' }, words.button, count);
  const close = made('button', { type: 'button' }, words.close);
  const link = (where: string, text: string): HTMLLIElement =>
    made('li', {}, made('a', { href: `${portal}${where}` }, text));
  const services = made(
    'details',
    { class: 'services', open: '' },
    made('summary', {}, words.services),
    made(
      'ul',
      {},
      link('/segnalazione', words.report),
      link('/assistenza', words.assistance),
      link('/pratica', words.follow),
    ),
  );
  const panel = made(
    'section',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: '' },
    made('header', {}, made('h2', { id: 'title' }, words.title), close),
    services,
  );
  const chat =
    said.chat === undefined
      ? undefined
      : chatOf(said.chat, said, {
          unread: number => {
            count.hidden = number === 0;
            count.textContent = number === 0 ? '' : words.unread(number);
          },
          begun: () => {
            services.open = false;
            panel.classList.add('talking');
          },
        });
  if (chat) panel.append(chat.element);
  const open = (isOpen: boolean, focus: boolean): void => {
    panel.hidden = !isOpen;
    button.hidden = isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    session.set(OPEN, isOpen ? 'yes' : '');
    chat?.shown(isOpen);
    if (focus) (isOpen ? (chat?.first ?? close) : button).focus();
  };
  button.addEventListener('click', () => open(true, true));
  close.addEventListener('click', () => open(false, true));
  panel.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    open(false, true);
  });
  root.append(button, panel);
  document.body.append(host);
  // Over a change of page it stays as it was, and the page keeps its own focus.
  if (session.get(OPEN)) open(true, false);
}

function chatOf(
  url: string,
  { words, language, privacy }: Said,
  { unread, begun }: { unread: (count: number) => void; begun: () => void },
): { element: HTMLElement; first: HTMLElement; shown: (isShown: boolean) => void } {
  let isShown = false;
  const status = made('p', { class: 'status', role: 'status' });
  const log = made('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': words.messages,
    tabindex: '0',
  });
  const moment = made('p', { class: 'status moment', role: 'status' });
  const wrong = made('p', { class: 'wrong', role: 'alert', id: 'wrong' });
  const text = made('textarea', { id: 'text', rows: '2', maxlength: '4000', 'aria-describedby': 'hint wrong' });
  // What browsers show of a choice of files is in their own words, not in the page's: the button stands for it.
  const chooser = made('input', {
    type: 'file',
    multiple: '',
    accept: 'image/jpeg,image/png,image/webp,image/heic,application/pdf',
    'aria-label': words.attach,
    hidden: '',
  });
  const attach = made('button', { type: 'button', class: 'plain' }, words.attach);
  const files = made('ul', { class: 'files' });
  const form = made(
    'form',
    {},
    made('label', { for: 'text' }, words.message),
    text,
    made('small', { id: 'hint' }, words.hint),
    files,
    wrong,
    made('div', { class: 'acts' }, made('button', {}, words.send), attach, chooser),
  );
  const email = made('input', { id: 'email', type: 'email', autocomplete: 'email', required: '', maxlength: '320' });
  const askForm = made('form', {}, made('label', { for: 'email' }, words.email), email, made('button', {}, words.ask));
  const asked = made('p', { class: 'status moment', role: 'status' });
  const transcript = made('details', { hidden: '' }, made('summary', {}, words.transcript), askForm);
  const element = made(
    'div',
    { class: 'chat' },
    made('h3', {}, words.chat),
    status,
    log,
    moment,
    form,
    asked,
    made('div', { class: 'foot' }, transcript, made('a', { href: privacy }, words.privacy)),
  );
  text.value = session.get(DRAFT);

  let chosen: readonly File[] = [];
  const choose = (now: readonly File[]): void => {
    chosen = now;
    files.replaceChildren(
      ...chosen.map(file => {
        const leave = made('button', { type: 'button', class: 'plain file' }, `${labelOf(language, file)} ✕`);
        leave.setAttribute('aria-label', words.without(file.name));
        leave.addEventListener('click', () => {
          choose(chosen.filter(one => one !== file));
          attach.focus();
        });
        return made('li', {}, leave);
      }),
    );
  };
  /** The bytes go into the browser's own downloads: they stand at no address. */
  const download = async (line: string, place: number, { name }: LineFile): Promise<void> => {
    try {
      const url = URL.createObjectURL(await conversation.fetchFile(line, place));
      made('a', { href: url, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR_DOWNLOAD_MS);
      conversation.wrong = '';
    } catch {
      conversation.wrong = words.gone;
    }
    draw();
  };
  /** What was sent with a line: to be had where the office sent it, a name where it is the citizen's own. */
  const filesOf = (line: Shown): HTMLElement[] =>
    line.files.map((file, place) => {
      const label = labelOf(language, { name: file.name, size: file.bytes });
      if (line.by === 'citizen') return made('span', { class: 'sent' }, label);
      const get = made('button', { type: 'button', class: 'plain file' }, label);
      get.setAttribute('aria-label', words.download(label));
      get.addEventListener('click', () => void download(line.id, place, file));
      return get;
    });

  /** Answers that are offered: gone once one of them was pressed, whatever page of the site it was pressed in. */
  const choicesOf = ({ choices }: Shown): HTMLElement[] =>
    choices.length === 0
      ? []
      : [
          made(
            'span',
            { class: 'choices', role: 'group', 'aria-label': words.choices },
            ...choices.map(({ id, title }) => {
              const press = made('button', { type: 'button', class: 'plain' }, title);
              press.addEventListener('click', () => {
                conversation.say({ text: title, choice: id });
                text.focus();
              });
              return press;
            }),
          ),
        ];

  /** What was refused stands where it was written, before what was written since. */
  let given: string | undefined;
  const giveBack = (): void => {
    const { refused } = conversation;
    if (!refused || refused.kind || refused.id === given) return;
    given = refused.id;
    text.value = [refused.text, text.value].filter(one => one !== '').join('\n');
    session.set(DRAFT, text.value);
    choose([...(refused.files ?? []), ...chosen]);
  };

  /** Where the log stands since it was last moved to what came last. */
  let followed = 0;
  /** What came last is in view: where it is longer than the log, how it begins. */
  const follow = (): void => {
    const last = log.lastElementChild;
    const isLong = last instanceof HTMLElement && last.offsetHeight > log.clientHeight;
    log.scrollTop = isLong ? last.offsetTop - log.offsetTop : log.scrollHeight;
    followed = log.scrollTop;
  };

  let hasBegun = false;
  const drawn = new Map<string, HTMLElement>();
  const draw = (): void => {
    const { lines, pending, reach } = conversation;
    tell(
      status,
      reach === 'offline'
        ? words.offline
        : reach === 'away'
          ? words.away
          : attendanceWords(words, language, conversation.attendance),
    );
    tell(moment, reach === 'slow' ? words.wait : conversation.writing ? words.writing : '');
    tell(wrong, conversation.wrong);
    giveBack();
    const held = new Set(lines.map(({ id }) => id));
    const pressed = new Set([...lines, ...pending].flatMap(({ choice }) => choice ?? []));
    const all = [
      ...lines.map(line => ({
        id: line.id,
        by: line.by,
        text: line.text,
        files: line.files ?? [],
        choices: line.by === 'office' ? (line.choices ?? []) : [],
        who: line.by === 'citizen' ? words.me : line.automatic ? words.automatic : words.office,
        when: hourOf(language, line.at),
      })),
      ...pending
        .filter(one => !one.kind && !held.has(one.id))
        .map(one => ({
          id: one.id,
          by: 'citizen' as const,
          text: one.text,
          files: (one.files ?? []).map(({ name, size }) => ({ name, bytes: size })),
          choices: [],
          who: words.me,
          when: words.waiting,
        })),
    ];
    if (!hasBegun && all.length > 0) {
      hasBegun = true;
      begun();
    }
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40 || Math.abs(log.scrollTop - followed) < 2;
    const keys = new Set(all.map(({ id }) => id));
    for (const [id, drawing] of drawn)
      if (!keys.has(id)) {
        drawing.remove();
        drawn.delete(id);
      }
    all.forEach((line, index) => {
      let drawing = drawn.get(line.id);
      if (!drawing) {
        drawing = made('div', { class: `line ${line.by}` }, made('small', {}));
        if (line.text !== '') drawing.append(made('span', {}, line.text));
        drawing.append(...filesOf(line), ...choicesOf(line));
        drawn.set(line.id, drawing);
      }
      if (line.choices.some(({ id }) => pressed.has(id))) drawing.querySelector('.choices')?.remove();
      const head = `${line.who}, ${line.when}`;
      const small = drawing.firstElementChild;
      if (small && small.textContent !== head) small.textContent = head;
      if (log.children[index] !== drawing) log.insertBefore(drawing, log.children[index] ?? null);
    });
    if (atEnd) follow();
    transcript.hidden = lines.length === 0;
    if (isShown && document.visibilityState === 'visible') conversation.seen();
    unread(isShown ? 0 : conversation.unread);
  };
  const conversation = new Conversation(url, language, () => draw(), words.lost);
  // A page that nobody looks at asks nothing.
  const watch = (): void => conversation.watch(isShown && document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', () => {
    watch();
    draw();
  });

  const send = (): void => {
    const said = text.value.trim();
    if (said === '' && chosen.length === 0) return;
    if (chosen.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) {
      conversation.wrong = words.tooLarge;
      draw();
      return;
    }
    text.value = '';
    session.set(DRAFT, '');
    const files = chosen;
    choose([]);
    conversation.say({ text: said, ...(files.length > 0 ? { files } : {}) });
  };
  attach.addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    choose([...chosen, ...(chooser.files ?? [])]);
    chooser.value = '';
    text.focus();
  });
  text.addEventListener('paste', event => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    choose([...chosen, ...pasted]);
  });
  // Words that wait are sent by the next page of the site; files are not.
  addEventListener('beforeunload', event => {
    if (conversation.carries) event.preventDefault();
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    send();
    text.focus();
  });
  text.addEventListener('input', () => {
    session.set(DRAFT, text.value);
    conversation.writes(text.value.trim() !== '');
  });
  text.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  transcript.addEventListener('toggle', () => {
    follow();
    if (transcript.open) asked.textContent = '';
  });
  askForm.addEventListener('submit', event => {
    event.preventDefault();
    conversation.say({ text: '', kind: 'transcript', email: email.value.trim() });
    asked.textContent = words.asked;
    email.value = '';
    // The room is the conversation's again; whoever goes on by keyboard is where they were.
    transcript.open = false;
    transcript.querySelector('summary')?.focus();
  });
  draw();
  return {
    element,
    first: text,
    shown: now => {
      isShown = now;
      watch();
      draw();
      if (now) follow();
    },
  };
}

/** Said again only when it changed: what is said again is read aloud again. */
const tell = (element: HTMLElement, words: string): void => {
  if (element.textContent !== words) element.textContent = words;
};

function attendanceWords(words: Words, language: string, { open, opensAt, attended }: Attendance): string {
  if (open === undefined) return '';
  if (open) return attended ? words.attended : words.unattended;
  if (opensAt === undefined) return words.closed;
  const when = new Date(opensAt).toLocaleString(language === 'it' ? 'it-IT' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Rome',
  });
  return words.closedUntil(when);
}

/** A file as one chooses by: its name, and how large it is. */
const labelOf = (language: string, { name, size }: { readonly name: string; readonly size: number }): string =>
  `${name} (${Math.max(1, Math.round(size / 1_000)).toLocaleString(language)} kB)`;

const hourOf = (language: string, at: string): string =>
  new Date(at).toLocaleTimeString(language === 'it' ? 'it-IT' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Rome',
  });
