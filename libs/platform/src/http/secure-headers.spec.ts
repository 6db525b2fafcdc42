import { describe, expect, it } from '@jest/globals';
import { secureHeaders, unprotected } from './secure-headers.js';

const headersOf = (url: string, said: Parameters<typeof secureHeaders>[1]): Map<string, string> => {
  const headers = new Map<string, string>();
  secureHeaders(
    {
      addHook: (_, hook) =>
        hook({ url }, { raw: { setHeader: (name, value) => headers.set(name, value) } }, () => undefined),
    },
    said,
  );
  return headers;
};

describe('a service that people reach', () => {
  it('says that it is reached by https alone where it is', () => {
    expect(headersOf('/', { https: true }).get('strict-transport-security')).toMatch(
      /^max-age=\d{8}; includeSubDomains$/,
    );
    expect(headersOf('/', { https: false }).has('strict-transport-security')).toBe(false);
  });

  it('has other policies for pages that are made by others, and for nothing else', () => {
    const pages = { '/docs': 'mild' };
    for (const url of ['/docs', '/docs/', '/docs/x.js', '/docs?x'])
      expect(headersOf(url, { https: true, pages }).get('content-security-policy')).toBe('mild');
    for (const url of ['/', '/docsx', '/api/docs'])
      expect(headersOf(url, { https: true, pages }).get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  it('is refused in clear in production', () => {
    expect(unprotected('PUBLIC_URL', 'http://comune.example', true)).toHaveLength(1);
    expect(unprotected('PUBLIC_URL', 'https://comune.example', true)).toEqual([]);
    expect(unprotected('PUBLIC_URL', undefined, true)).toEqual([]);
    expect(unprotected('PUBLIC_URL', 'http://localhost:3000', false)).toEqual([]);
  });
});
