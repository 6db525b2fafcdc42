import type { ReactNode } from 'react';

/** One part of what stands beside the story of a case. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="fact-section" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
