import type { Page } from 'playwright-core';
import type { Urls } from '../system/system.js';
import type { Desk } from './story.js';

/** What a page is prepared with, besides itself. */
export interface Around {
  readonly urls: Urls;
  readonly desk: Desk;
}

/** One page as it is photographed. */
export interface Screen {
  readonly name: string;
  /** Who looks at it in the console; absent: a citizen, at the portal. */
  readonly person?: string;
  readonly path: string;
  /** Unless told in Italian. */
  readonly language?: 'en';
  /** Whether the browser runs no scripts. */
  readonly plain?: true;
  readonly prepare?: (page: Page, around: Around) => Promise<void>;
  /** How the papers show it. */
  readonly shown?: readonly { readonly width: number; readonly scheme: 'light' | 'dark' }[];
}

export const LIGHT = { width: 1440, scheme: 'light' } as const;
export const DARK = { width: 1440, scheme: 'dark' } as const;
export const SMALL = { width: 390, scheme: 'light' } as const;
