import { describe, expect, it } from '@jest/globals';
import { csvOf } from './csv.js';

describe('a CSV of what is shown', () => {
  it.each([
    ['words as they are', ['Ufficio Ambiente', 3], 'Ufficio Ambiente,3\r\n'],
    ['what separates cells in quotes', ['Via Roma, 3', 'a "b"'], '"Via Roma, 3","a ""b"""\r\n'],
    ['nothing for what is not known', ['a', undefined], 'a,\r\n'],
    ['no formula that words begin like', ['=1+1', '@x', '-2', '+3'], "'=1+1,'@x,'-2,'+3\r\n"],
    ['a number below nought as a number', [-2], '-2\r\n'],
    ['more lines in one cell', ['a\nb'], '"a\nb"\r\n'],
  ])('has %s', (_, row, line) => {
    expect(csvOf([row])).toBe(line);
  });
});
