import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Option } from '../../../../src/core/database/destination.ts';
import { completeTags } from '../../../../src/core/tags/complete.ts';
import {
  MAX_TAGS_OF_USE,
  MAX_USAGE_CHARACTERS,
  MAX_USES,
  placeOf,
  recordUse,
  type SavedTags,
  tagLikelihoods,
} from '../../../../src/core/tags/usage.ts';
import { EMPTY_TAG_USAGE, TagUsage } from '../../../../src/core/tags/usage-record.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1, 12, 34);

const saved = (
  tags: string[],
  url = 'https://example.com/',
  daysAgo = 0,
  destinationId = 'a',
): SavedTags => ({
  url,
  tags,
  at: NOW - daysAgo * DAY,
  destinationId,
});
const usageOf = (...uses: SavedTags[]) => uses.reduce(recordUse, EMPTY_TAG_USAGE);

/** Tags from the likeliest on. */
const ranked = (usage: TagUsage, url = 'https://elsewhere.example/', chosen: string[] = []) =>
  [...tagLikelihoods(usage, saved(chosen, url))].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);

const many = (count: number, use: SavedTags) => Array.from({ length: count }, () => use);

describe('what is likely', () => {
  it('is what was used often', () => {
    expect(ranked(usageOf(saved(['once']), saved(['twice']), saved(['twice'])))).toEqual(['twice', 'once']);
  });

  it('is what was used lately, unless much oftener before', () => {
    expect(ranked(usageOf(saved(['then'], undefined, 60), saved(['now'])))).toEqual(['now', 'then']);
    expect(ranked(usageOf(...many(20, saved(['then'], undefined, 60)), saved(['now'])))).toEqual([
      'then',
      'now',
    ]);
  });

  it('is what was used on this site, even once, rather than what is used everywhere', () => {
    const usage = usageOf(
      ...many(50, saved(['everywhere'], 'https://other.example/')),
      saved(['here'], 'https://www.example.com/docs/one'),
    );
    expect(ranked(usage, 'https://example.com/docs/two')).toEqual(['here', 'everywhere']);
    expect(ranked(usage, 'https://third.example/')).toEqual(['everywhere', 'here']);
  });

  it('is what was used in this section rather than on the rest of the site', () => {
    const usage = usageOf(
      ...many(3, saved(['site'], 'https://example.com/blog/one')),
      ...many(2, saved(['section'], 'https://example.com/docs/one')),
    );
    expect(ranked(usage, 'https://example.com/docs/two')).toEqual(['section', 'site']);
    expect(ranked(usage, 'https://example.com/about')).toEqual(['site', 'section']);
  });

  it('is what went with the tags already chosen', () => {
    const usage = usageOf(...many(5, saved(['alone'])), saved(['Pasta', 'recipe']));
    expect(ranked(usage)[0]).toBe('alone');
    expect(ranked(usage, undefined, ['pasta'])).toEqual(['recipe', 'alone']);
  });

  it('is not taken from other destinations, nor from files', () => {
    const usage = usageOf(
      saved(['other'], 'https://example.com/', 0, 'b'),
      saved(['local'], 'file:///home/ada/x'),
      saved(['web'], 'https://example.com/'),
    );
    expect(ranked(usage, 'file:///home/ada/x').sort()).toEqual(['local', 'web']);
    const likelihoods = tagLikelihoods(usage, saved([], 'file:///home/ada/x'));
    expect(likelihoods.get('local')).toBe(likelihoods.get('web'));
  });

  it('lies between 0 and 1, whatever was used and wherever the clock went', () => {
    const tag = fc.constantFrom('a', 'b', 'c', 'd');
    const use = fc.record({
      url: fc.constantFrom('https://x.example/a', 'https://x.example/b', 'https://y.example/', 'nonsense'),
      tags: fc.array(tag, { maxLength: 4 }),
      at: fc.integer({ min: 0, max: 2 * NOW }),
      destinationId: fc.constantFrom('one', 'two'),
    });
    fc.assert(
      fc.property(fc.array(use, { maxLength: 30 }), use, (uses, page) => {
        const likelihoods = tagLikelihoods(usageOf(...uses), page);
        for (const [name, likelihood] of likelihoods) {
          expect(page.tags).not.toContain(name);
          expect(likelihood).toBeGreaterThanOrEqual(0);
          expect(likelihood).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('does not depend on the order in which the same uses were recorded', () => {
    const use = fc.record({
      url: fc.constantFrom('https://x.example/a', 'https://y.example/'),
      tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
      at: fc.integer({ min: NOW - 90 * DAY, max: NOW }),
      destinationId: fc.constant('a'),
    });
    const page = saved(['a'], 'https://x.example/a');
    fc.assert(
      fc.property(fc.array(use, { maxLength: 20 }), (uses) => {
        const forth = tagLikelihoods(usageOf(...uses), page);
        const back = tagLikelihoods(usageOf(...uses.toReversed()), page);
        expect(back.size).toBe(forth.size);
        for (const [tag, likelihood] of forth) expect(back.get(tag)).toBeCloseTo(likelihood, 12);
      }),
    );
  });
});

describe('what is remembered', () => {
  it('is the host and the first part of the path, and nothing that holds more', () => {
    expect(placeOf('https://ada:secret@www.Example.com:8080/Docs/private?token=1#part')).toEqual({
      host: 'example.com:8080',
      section: 'docs',
    });
    expect(placeOf('https://example.com/@ada').section).toBe('@ada');
    expect(placeOf('https://example.com/caf%C3%A9/x').section).toBe('café');
    for (const path of [
      '',
      'x;jsessionid=12',
      'https%3A%2F%2Fbank.example%2Fme',
      'ada@example.com',
      `${'k'.repeat(41)}`,
      '%E0%A4%A',
    ]) {
      expect(placeOf(`https://example.com/${path}`)).toEqual({ host: 'example.com', section: '' });
    }
    expect(placeOf('file:///home/ada')).toEqual({ host: '', section: '' });
    const text = JSON.stringify(usageOf(saved(['Tag'], 'https://example.com/docs/private?q=secret')));
    expect(text).not.toMatch(/private|secret|https/);
    expect(text).not.toContain(String(NOW));
  });

  it('can be stored and read back', () => {
    const usage = usageOf(saved(['one', 'two']), saved(['three'], 'https://b.example/x', 3, 'b'));
    expect(z.parse(TagUsage, JSON.parse(JSON.stringify(usage)))).toEqual(usage);
    expect(z.safeParse(TagUsage, { a: [{ host: 'x' }] }).success).toBe(false);
  });

  it('is nothing once erased, and nothing for a save without tags', () => {
    expect(z.parse(TagUsage, EMPTY_TAG_USAGE)).toEqual({});
    expect(tagLikelihoods(EMPTY_TAG_USAGE, saved(['x'])).size).toBe(0);
    expect(usageOf(saved([]), saved([' ']))).toBe(EMPTY_TAG_USAGE);
    usageOf(saved(['x']));
    expect(EMPTY_TAG_USAGE).toEqual({});
  });

  it('leaves the usage before as it was', () => {
    const before = usageOf(saved(['one']));
    const text = JSON.stringify(before);
    recordUse(before, saved(['two']));
    expect(JSON.stringify(before)).toBe(text);
  });

  it('stays small: the oldest go, of whichever destination', () => {
    let usage = usageOf(saved(['first'], undefined, 300, 'old'), saved(['second'], undefined, 200));
    for (let i = 0; i < MAX_USES - 1; i++) usage = recordUse(usage, saved([`tag ${i}`], undefined, 100));
    expect(Object.values(usage).flat()).toHaveLength(MAX_USES);
    expect(usage.old).toBeUndefined();
    expect(usage.a?.[0]?.tags).toEqual(['second']);
    usage = recordUse(usage, saved(['last']));
    expect(Object.values(usage).flat()).toHaveLength(MAX_USES);
    expect(usage.a?.[0]?.tags).toEqual(['tag 0']);
    expect(usage.a?.at(-1)?.tags).toEqual(['last']);
  });

  it('stays small with long names as well', () => {
    let usage = EMPTY_TAG_USAGE;
    for (let i = 0; i < 200; i++) {
      const tags = Array.from({ length: 50 }, (_, at) => `${i} ${at} ${'x'.repeat(90)}`);
      usage = recordUse(usage, saved(['y'.repeat(101), ...tags], `https://${'h'.repeat(60)}.example/`));
    }
    expect(JSON.stringify(usage).length).toBeLessThan(MAX_USAGE_CHARACTERS * 1.2);
    expect(usage.a?.length).toBeGreaterThan(10);
    for (const { tags } of usage.a ?? []) {
      expect(tags).toHaveLength(MAX_TAGS_OF_USE);
      expect(tags[0]).not.toContain('y');
    }
  });
});

describe('completing by use', () => {
  const options: Option[] = ['alpha', 'alphabet', 'beta', 'alpine', 'gamma'].map((name) => ({
    id: name,
    name,
    color: 'default',
  }));
  const usage = usageOf(saved(['Gamma']), saved(['gamma', 'alpine']), saved(['unknown']));
  const likelihoods = tagLikelihoods(usage, saved([]));
  const names = (typed: string, chosen: string[] = [], limit = 8) =>
    completeTags(typed, options, chosen, limit, likelihoods).options.map(({ name }) => name);

  it('offers the likeliest before anything is typed, then what the database has first', () => {
    expect(names('')).toEqual(['gamma', 'alpine', 'alpha', 'alphabet', 'beta']);
    expect(names('', ['GAMMA'], 2)).toEqual(['alpine', 'alpha']);
    expect(names('', [], 0)).toEqual([]);
    expect(completeTags('', options, []).options).toEqual(options);
  });

  it('orders by it what fits equally well, and only that', () => {
    expect(names('al')).toEqual(['alpine', 'alpha', 'alphabet']);
    expect(names('alpha')).toEqual(['alpha', 'alphabet']);
    expect(names('a')).toEqual(['alpine', 'alpha', 'alphabet', 'gamma', 'beta']);
  });

  it('puts what was typed to the letter before what differs in accents, however likely', () => {
    const both: Option[] = ['résumé', 'resume'].map((name) => ({ id: name, name, color: 'default' }));
    const found = completeTags('resume', both, [], 8, new Map([['résumé', 1]]));
    expect(found.options.map(({ name }) => name)).toEqual(['resume', 'résumé']);
  });
});
