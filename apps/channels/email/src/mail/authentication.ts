import type { Delivered } from '../delivered.js';
import type { Headers } from './parse.js';

/**
 * Whether the sender's domain stands for the mail (DMARC). Our own check at reception says it; else only the topmost
 * Authentication-Results, and only of a server that the mailbox is configured to trust: all others are forgeable.
 */
export const authenticationOf = (headers: Headers, delivered: Delivered): 'pass' | 'fail' | undefined => {
  const checked = delivered.about['dmarc'];
  if (checked !== undefined) return known(checked);
  const topmost = headers.raw('authentication-results');
  if (topmost === undefined) return undefined;
  const server = /^\s*([^\s;()]+)/.exec(topmost)?.[1]?.toLowerCase() ?? '';
  if (!delivered.authservIds.some(id => id.toLowerCase() === server)) return undefined;
  return known(/;\s*dmarc\s*=\s*([a-z]+)/i.exec(topmost.replace(/\([^()]*\)/g, ''))?.[1]?.toLowerCase());
};

const known = (result: string | undefined): 'pass' | 'fail' | undefined =>
  result === 'pass' || result === 'fail' ? result : undefined;
