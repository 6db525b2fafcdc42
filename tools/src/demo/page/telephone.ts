import type { PhoneCall } from './model.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const STATES: Readonly<Record<PhoneCall['state'], string>> = {
  ringing: 'Sta squillando…',
  speaking: 'In linea',
  waiting: 'In attesa',
  talking: 'Stai parlando con un operatore',
  ended: 'Chiamata terminata',
};
const SPOKEN: Readonly<Record<string, string>> = { '*': 'asterisco', '#': 'cancelletto' };

const byId = (id: string): HTMLButtonElement => {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLButtonElement)) throw new Error(`no button ${id}`);
  return found;
};

/** The telephone: keys, call, hang up. */
export class Telephone {
  private readonly keys: HTMLButtonElement[];
  private readonly call = byId('call');
  private readonly hangUp = byId('hang-up');
  private readonly speak = document.querySelector<HTMLFormElement>('form[data-action="speak"]');

  constructor(private readonly act: (action: string, body: Readonly<Record<string, string>>) => void) {
    const pad = document.querySelector('.keys');
    this.keys = KEYS.map(key => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = key;
      button.setAttribute('aria-label', `Tasto ${SPOKEN[key] ?? key}`);
      button.addEventListener('click', () => this.act('press', { keys: key }));
      pad?.append(button);
      return button;
    });
    this.call.addEventListener('click', () => this.act('call', {}));
    this.hangUp.addEventListener('click', () => this.act('hang-up', {}));
    this.show(undefined);
  }

  show(call: PhoneCall | undefined): void {
    const active = call !== undefined && call.state !== 'ended';
    const state = document.getElementById('call-state');
    const words = call ? STATES[call.state] : 'Nessuna chiamata in corso';
    if (state && state.textContent !== words) state.textContent = words;
    this.call.disabled = active;
    this.hangUp.disabled = !active;
    for (const key of this.keys) key.disabled = !(active && call.keys);
    if (this.speak) this.speak.hidden = !(active && call.listening);
  }
}
