/** Tabs that follow the pattern of the ARIA practices: arrows move, the chosen one is in the order of Tab. */
export class Tabs {
  private readonly tabs: HTMLButtonElement[];
  private current?: HTMLButtonElement;

  constructor(list: Element) {
    this.tabs = [...list.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
    for (const tab of this.tabs) {
      tab.addEventListener('click', () => this.choose(tab));
      tab.addEventListener('keydown', event => this.move(event, tab));
    }
    const first = this.tabs.find(tab => `#${this.nameOf(tab)}` === location.hash) ?? this.tabs[0];
    if (first) this.choose(first);
  }

  /** Something arrived where the reader does not look. */
  arrived(name: string): void {
    const tab = this.tabs.find(one => this.nameOf(one) === name);
    const count = tab?.querySelector<HTMLElement>('.count');
    if (!tab || !count || tab === this.current) return;
    this.tell(tab, Number(count.textContent) + 1);
    // Read out by a screen reader: what is in a hidden panel is not.
    const news = document.getElementById('news');
    if (news) news.textContent = tab.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }

  private tell(tab: HTMLButtonElement, arrived: number): void {
    const count = tab.querySelector<HTMLElement>('.count');
    const news = tab.querySelector<HTMLElement>('.news');
    if (!count || !news) return;
    count.hidden = arrived === 0;
    count.textContent = arrived === 0 ? '' : String(arrived);
    news.textContent = arrived === 0 ? '' : arrived === 1 ? ', un messaggio nuovo' : `, ${arrived} messaggi nuovi`;
  }

  private nameOf(tab: HTMLButtonElement): string {
    return tab.id.replace('tab-', '');
  }

  private choose(chosen: HTMLButtonElement): void {
    this.current = chosen;
    for (const tab of this.tabs) {
      const here = tab === chosen;
      tab.setAttribute('aria-selected', String(here));
      tab.tabIndex = here ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = !here;
    }
    this.tell(chosen, 0);
    history.replaceState(null, '', `#${this.nameOf(chosen)}`);
  }

  private move(event: KeyboardEvent, from: HTMLButtonElement): void {
    const at = this.tabs.indexOf(from);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = this.tabs[(to + this.tabs.length) % this.tabs.length];
    if (!tab) return;
    this.choose(tab);
    tab.focus();
  }
}
