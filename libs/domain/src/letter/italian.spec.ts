import { describe, expect, it } from '@jest/globals';
import { withArticle } from './italian.js';

describe('the Italian article before a number', () => {
  it.each([
    ['0 %', 'lo 0 %'],
    ['0,5 %', 'lo 0,5 %'],
    ['1 %', "l'1 %"],
    ['1', "l'1"],
    ['1 novembre 2026', 'il 1 novembre 2026'],
    ['1/11/2026', 'il 1/11/2026'],
    ['8/12/2026', "l'8/12/2026"],
    ['2', 'il 2'],
    ['8 dicembre 2026', "l'8 dicembre 2026"],
    ['11 novembre 2026', "l'11 novembre 2026"],
    ['11.000', "l'11.000"],
    ['12', 'il 12'],
    ['18 %', 'il 18 %'],
    ['79', 'il 79'],
    ...Array.from({ length: 10 }, (_, unit) => [`8${unit} %`, `l'8${unit} %`] as const),
    ['90', 'il 90'],
    ['100', 'il 100'],
    ['110', 'il 110'],
    ['800', "l'800"],
    ['8.000', "l'8.000"],
    ['1.100', 'il 1.100'],
    ['10', 'il 10'],
  ])('is said: %s, %s', (words, said) => {
    expect(withArticle(words)).toBe(said);
  });
});
