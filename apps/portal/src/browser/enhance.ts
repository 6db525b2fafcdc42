/**
 * What these pages gain where scripts run: a button that is pressed once, words that survive on the device, how many
 * characters are left, a map, a link that opens a case. Without it everything works all the same.
 */
import type * as Proving from './widget/proof.js';

const byId = (id: string): HTMLElement | null => document.getElementById(id);
const memory = {
  get: (key: string): string | null => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key: string, value: string): void => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // A browser that keeps nothing: the draft on our side is there.
    }
  },
  remove: (key: string): void => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
};

/** What is wrong, or what was done, is read first. */
document.querySelector<HTMLElement>('[data-focus]')?.focus();

/** By form: makes it good again for a press that is to send it. */
const again = new Map<HTMLFormElement, () => void>();
/** A second press while the first is under way does nothing; coming back by the browser's own button makes it good again. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-once]')) {
  const button = form.querySelector<HTMLButtonElement>('button:not([type=button])');
  const words = button?.textContent ?? '';
  form.addEventListener('submit', event => {
    if (form.dataset.under === 'way') {
      event.preventDefault();
      return;
    }
    form.dataset.under = 'way';
    if (button) button.textContent = form.dataset.once ?? words;
  });
  const good = (): void => {
    delete form.dataset.under;
    if (button) button.textContent = words;
  };
  again.set(form, good);
  addEventListener('pageshow', good);
}

/** Words typed and not sent yet stay on the device, by the form they are of. */
const KEPT = 'filodiretto:';
const keepable = (form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] =>
  [
    ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>('input, textarea, select'),
  ].filter(one => one.name !== '' && !['hidden', 'file', 'checkbox', 'radio'].includes(one.type));
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keep]')) {
  const key = KEPT + (form.dataset.keep ?? '');
  const kept = memory.get(key);
  if (kept !== null) {
    const words = JSON.parse(kept) as Record<string, string>;
    let restored = false;
    for (const one of keepable(form))
      if (one.value === '' && words[one.name]) {
        one.value = words[one.name] ?? '';
        restored = true;
      }
    const line = byId('linea');
    if (restored && line) line.textContent = form.dataset.restored ?? '';
  }
  form.addEventListener('input', () =>
    memory.set(key, JSON.stringify(Object.fromEntries(keepable(form).map(one => [one.name, one.value])))),
  );
}
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-clear]'))
  form.addEventListener('submit', () => memory.remove(KEPT + (form.dataset.clear ?? '')));
/** What was sent is forgotten where its receipt is seen, no sooner. */
const RECEIPTS: Readonly<Record<string, string>> = {
  '/segnalazione/ricevuta': 'segnalazione',
  '/assistenza/ricevuta': 'assistenza',
  '/accessibilita/segnala/ricevuta': 'accessibilita',
};
const received = RECEIPTS[location.pathname];
if (received !== undefined) memory.remove(KEPT + received);

/** Without a connection nothing is sent, and nothing is lost. */
const line = byId('linea');
const connection = (words: string | undefined): void => {
  if (line) line.textContent = words ?? '';
};
addEventListener('offline', () => connection(line?.dataset.offline));
addEventListener('online', () => connection(line?.dataset.online));
// Before the form hears of it: what is not sent is neither under way nor to be forgotten.
document.addEventListener(
  'submit',
  event => {
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    connection(line?.dataset.offline);
  },
  true,
);

/** A proof of work that takes longer is not waited for: what is sent goes without. */
const PROOF_MS = 20_000;
/** What is asked before a form is sent is solved while it is filled in, off the page's own thread, and waited for when it is sent. */
for (const field of document.querySelectorAll<HTMLInputElement>('input[data-proof]')) {
  const { form } = field;
  if (!form) continue;
  let solving: Promise<void> | undefined;
  let over = false;
  const solve = async (): Promise<void> => {
    const answer = await fetch(`/prova/${field.dataset.proof ?? ''}`);
    if (!answer.ok) return;
    const challenge = (await answer.json()) as Parameters<typeof Proving.proofOf>[0];
    const { proofOf } = (await import(`${document.body.dataset.assets ?? ''}/proof.js`)) as typeof Proving;
    field.value = (await proofOf(challenge, AbortSignal.timeout(PROOF_MS))) ?? '';
  };
  const begin = (): Promise<void> =>
    // Without one it is sent all the same.
    (solving ??= solve()
      .catch(() => undefined)
      .finally(() => (over = true)));
  form.addEventListener('submit', event => {
    if (over || event.defaultPrevented) return;
    event.preventDefault();
    void Promise.race([begin(), new Promise(resolve => setTimeout(resolve, PROOF_MS))]).then(() => {
      if (navigator.onLine) return form.submit();
      // The connection went while the proof was made. Without a proof, one is made anew at the next press.
      if (field.value === '' && over) [solving, over] = [undefined, false];
      again.get(form)?.();
      connection(line?.dataset.offline);
    });
  });
  // A page that comes back out of the browser's memory has sent its proof already.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    [field.value, solving, over] = ['', undefined, false];
  });
  if (keepable(form).length === 0) void begin();
  else form.addEventListener('input', () => void begin(), { once: true });
}

/** Which files were chosen, in the language of the page. */
for (const chooser of document.querySelectorAll<HTMLElement>('.file')) {
  const input = chooser.querySelector<HTMLInputElement>('input');
  if (!input) continue;
  const told = document.createElement('span');
  const tell = (): void => {
    told.textContent = [...(input.files ?? [])].map(({ name }) => name).join(', ') || (chooser.dataset.none ?? '');
  };
  input.classList.add('visually-hidden');
  // The browser says the same of the field itself.
  told.setAttribute('aria-hidden', 'true');
  chooser.append(told);
  input.addEventListener('change', tell);
  addEventListener('pageshow', tell);
  tell();
}

/** How many characters are left, told when somebody pauses. */
for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-left]')) {
  const counter = document.createElement('p');
  counter.className = 'help';
  const told = document.createElement('p');
  told.className = 'visually-hidden';
  told.setAttribute('role', 'status');
  area.after(counter, told);
  let timer = 0;
  const count = (): void => {
    const words = (area.dataset.left ?? '').replace('0', String(area.maxLength - area.value.length));
    counter.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => (told.textContent = words), 1_000);
  };
  area.addEventListener('input', count);
  counter.textContent = (area.dataset.left ?? '').replace('0', String(area.maxLength - area.value.length));
}

/** Printing, where there is something that prints. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

/** A link to a case has its number and code behind the #, which browsers send to nobody. */
const link = document.querySelector<HTMLFormElement>('form[data-link]');
const opened = /^#([\w-]{1,40})\.([\w-]{4,40})$/.exec(location.hash);
if (link && opened) {
  const put = (name: string, value: string): void => {
    const field = link.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  };
  put('numero', opened[1] ?? '');
  put('codice', opened[2] ?? '');
  history.replaceState(null, '', location.pathname);
  link.requestSubmit();
}

/** So has a letter with a one-time code. It is filled in and not sent: opening a link spends nothing. */
const codeForm = document.querySelector<HTMLFormElement>('form[data-code]');
const oneTime = /^#([0-9A-Za-z-]{8,40})$/.exec(location.hash);
if (codeForm && oneTime) {
  const field = codeForm.elements.namedItem('codice');
  if (field instanceof HTMLInputElement) field.value = oneTime[1] ?? '';
  history.replaceState(null, '', location.pathname);
  codeForm.querySelector<HTMLButtonElement>('button')?.focus();
}

/** As much of Leaflet as the map of the form uses. */
interface LeafletMap {
  setView(center: [number, number], zoom: number): LeafletMap;
  fitBounds(bounds: unknown): LeafletMap;
  getCenter(): { lat: number; lng: number };
  on(event: 'click', listener: (event: { latlng: { lat: number; lng: number } }) => void): LeafletMap;
}
interface Layer {
  addTo(map: LeafletMap): Layer;
  getBounds(): unknown;
  setLatLng(at: [number, number]): Layer;
}
interface Leaflet {
  map(element: HTMLElement, options: object): LeafletMap;
  geoJSON(features: object, options: object): Layer;
  tileLayer(url: string, options: object): Layer;
  circleMarker(at: [number, number], options: object): Layer;
}
interface MapFile {
  readonly outline: object;
  readonly tiles?: string;
  readonly by: string;
}

const STYLES: Readonly<Record<string, object>> = {
  town: { color: '#5c6f82', weight: 1, fillColor: '#f7f5ef', fillOpacity: 1 },
  green: { color: '#3f7a4d', weight: 1, fillColor: '#b9dcc0', fillOpacity: 1 },
  square: { color: '#5c6f82', weight: 1, fillColor: '#fff', fillOpacity: 1 },
  water: { color: '#4a90c2', weight: 7 },
  main: { color: '#c9a227', weight: 6 },
  street: { color: '#8a99a8', weight: 4 },
};

const place = byId('mappa');
if (place) offerMap(place);

function offerMap(where: HTMLElement): void {
  const { hint, open, label, chosen, failed, here, hereFailed } = where.dataset;
  const told = document.createElement('p');
  told.setAttribute('role', 'status');
  const choose = (latitude: number, longitude: number): void => {
    for (const [name, value] of [
      ['latitudine', latitude],
      ['longitudine', longitude],
    ] as const) {
      const field = byId(`f-${name}`);
      if (field instanceof HTMLInputElement) {
        field.value = value.toFixed(6);
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }
    told.textContent = `${chosen ?? ''}: ${latitude.toFixed(5)} ${longitude.toFixed(5)}`;
  };
  const button = (words: string, act: () => void): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'btn btn-outline-primary';
    made.textContent = words;
    made.addEventListener('click', act);
    return made;
  };
  const help = document.createElement('p');
  help.className = 'help';
  help.textContent = hint ?? '';
  const actions = document.createElement('p');
  actions.className = 'actions';
  const opens = button(open ?? '', () => {
    opens.disabled = true;
    showMap(where, label ?? '', choose).catch(() => {
      opens.disabled = false;
      told.textContent = failed ?? '';
      const typed = byId('coordinate');
      if (typed instanceof HTMLDetailsElement) typed.open = true;
    });
  });
  actions.append(opens);
  if ('geolocation' in navigator)
    actions.append(
      button(here ?? '', () =>
        navigator.geolocation.getCurrentPosition(
          ({ coords }) => choose(coords.latitude, coords.longitude),
          () => (told.textContent = hereFailed ?? ''),
        ),
      ),
    );
  where.append(help, actions, told);
}

async function showMap(
  where: HTMLElement,
  label: string,
  choose: (latitude: number, longitude: number) => void,
): Promise<void> {
  const assets = document.body.dataset.assets ?? '';
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = `${assets}/leaflet.css`;
  document.head.append(style);
  const [file] = await Promise.all([
    fetch(`${assets}/map.json`).then(answer => answer.json() as Promise<MapFile>),
    new Promise<void>((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${assets}/leaflet.js`;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error('the map does not load'));
      document.head.append(script);
    }),
  ]);
  const { L } = globalThis as unknown as { L: Leaflet };
  const element = document.createElement('div');
  element.className = 'map';
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  element.setAttribute('aria-label', label);
  where.append(element);
  const map = L.map(element, { zoomControl: true, attributionControl: file.by !== '' });
  const outline = L.geoJSON(file.outline, {
    style: (feature: { properties?: { kind?: string } } | undefined) => STYLES[feature?.properties?.kind ?? ''] ?? {},
    interactive: false,
  });
  if (file.tiles) L.tileLayer(file.tiles, { attribution: file.by, maxZoom: 19 }).addTo(map);
  else outline.addTo(map);
  map.fitBounds(outline.getBounds());
  const target = document.createElement('span');
  target.className = 'map-target';
  target.setAttribute('aria-hidden', 'true');
  element.append(target);
  let mark: Layer | undefined;
  const put = (at: { lat: number; lng: number }): void => {
    mark ??= L.circleMarker([at.lat, at.lng], { radius: 9, color: '#b3162b', fillOpacity: 0.6 }).addTo(map);
    mark.setLatLng([at.lat, at.lng]);
    choose(at.lat, at.lng);
  };
  map.on('click', ({ latlng }) => put(latlng));
  element.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    put(map.getCenter());
  });
  element.focus();
}
