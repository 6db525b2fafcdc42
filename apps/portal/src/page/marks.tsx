import type { ReactNode } from 'react';

/** Figures beside words that say the same: whoever does not see them misses nothing. */
const Marks = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <span className="marks" aria-hidden="true">
    {children}
  </span>
);
const Figure = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <svg viewBox="0 0 24 24" width="24" height="24" focusable="false" fill="none" stroke="currentColor" strokeWidth="1.5">
    {children}
  </svg>
);

/** So many full stars of five. */
export const Stars = ({ count }: { readonly count: number }): ReactNode => (
  <Marks>
    {[1, 2, 3, 4, 5].map(one => (
      <Figure key={one}>
        <path
          d="M12 2.6l2.9 6.1 6.6.9-4.8 4.7 1.2 6.7-5.9-3.2-5.9 3.2 1.2-6.7L2.5 9.6l6.6-.9z"
          strokeLinejoin="round"
          fill={one <= count ? 'currentColor' : 'none'}
        />
      </Figure>
    ))}
  </Marks>
);

const MOUTHS = { bad: 'M8 16.5q4-4 8 0', fair: 'M8 15.5h8', good: 'M8 14.5q4 4 8 0' } as const;

/** A face that is content, so so, or not. */
export const Face = ({ face }: { readonly face: keyof typeof MOUTHS }): ReactNode => (
  <Marks>
    <Figure>
      <circle cx="12" cy="12" r="10" />
      <path d={`M8.5 9v1M15.5 9v1${MOUTHS[face]}`} strokeLinecap="round" />
    </Figure>
  </Marks>
);
