/** What is bundled from others is handed on with its licence, and only under one that an MIT extension may bundle. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { licences } from '../../../src/platform/build/licences.ts';

const notice = readFileSync('public/licences.txt', 'utf8');

describe('the notice that ships', () => {
  it('is that of the packages as they are installed (`npm run licences` writes it anew)', () => {
    expect(notice).toBe(licences());
  });

  it('names Readability, and has the licence that it is under', () => {
    expect(notice).toContain('@mozilla/readability 0.6.0 (Apache-2.0)');
    expect(notice).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
  });

  it('has licences that a bundle under MIT may have in it, and no others', () => {
    const named = [...notice.matchAll(/^@?[\w/.-]+ \d[\w.-]* \((.*)\)$/gm)].map(([, licence]) => licence);
    expect(named.length).toBeGreaterThan(3);
    expect(
      named.filter((licence) => !/^(?:MIT|ISC|BSD-[23]-Clause|Apache-2\.0)$/.test(licence ?? '')),
    ).toEqual([]);
  });
});
