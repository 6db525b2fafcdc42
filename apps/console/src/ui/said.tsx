import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.js';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'normal' | 'danger';
  readonly act?: { readonly label: string; readonly run: () => void };
}

interface Said {
  readonly polite: string;
  readonly assertive: string;
  readonly toasts: readonly Toast[];
}

const TOAST_MS = 6_000;
let said: Said = { polite: '', assertive: '', toasts: [] };
let counted = 0;
const hearing = new Set<() => void>();
const say = (next: Partial<Said>): void => {
  said = { ...said, ...next };
  for (const hear of hearing) hear();
};

/** Tells whoever listens to the page, without moving anything: politely, or at once for what cannot wait (a call, an offer). */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  // The same words twice are told twice.
  const words = said[urgency] === text ? `${text}\u00a0` : text;
  say({ [urgency]: words });
}

/** Shows and tells something for some seconds; with a way back when there is one. Answers what takes it away. */
export function toast(
  text: string,
  more: { readonly kind?: Toast['kind']; readonly act?: Toast['act']; readonly milliseconds?: number } = {},
): () => void {
  counted += 1;
  const id = counted;
  const away = (): void => say({ toasts: said.toasts.filter(one => one.id !== id) });
  say({
    toasts: [
      ...said.toasts.slice(-2),
      { id, text, kind: more.kind ?? 'normal', ...(more.act ? { act: more.act } : {}) },
    ],
  });
  announce(text, more.kind === 'danger' ? 'assertive' : 'polite');
  setTimeout(away, more.milliseconds ?? TOAST_MS);
  return away;
}

const subscribe = (hear: () => void): (() => void) => {
  hearing.add(hear);
  return () => hearing.delete(hear);
};

/** Where what is announced is heard and what is shown for a while stands. Once on the page. */
export function SaidHere() {
  const { polite, assertive, toasts } = useSyncExternalStore(subscribe, () => said);
  const { t } = useTranslation();
  return (
    <>
      <div className="hidden" role="status" aria-live="polite">
        {polite}
      </div>
      <div className="hidden" role="alert" aria-live="assertive">
        {assertive}
      </div>
      <div className="toasts no-print">
        {toasts.map(({ id, text, kind, act }) => (
          <div key={id} className={`toast ${kind === 'danger' ? 'notice danger' : ''}`}>
            <span className="grow">{text}</span>
            {act && (
              <Button
                onPress={() => {
                  say({ toasts: said.toasts.filter(one => one.id !== id) });
                  act.run();
                }}
              >
                {act.label}
              </Button>
            )}
            <Button
              icon="cross"
              kind="quiet"
              label={t('app.close')}
              onPress={() => say({ toasts: said.toasts.filter(one => one.id !== id) })}
            />
          </div>
        ))}
      </div>
    </>
  );
}
