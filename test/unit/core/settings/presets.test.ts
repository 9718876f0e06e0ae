import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESET_KEYS } from '../../../../src/core/settings/preset-keys.ts';
import { isOfSite, presetFor } from '../../../../src/core/settings/preset-sites.ts';
import type { Preset } from '../../../../src/core/settings/presets.ts';

describe('a site', () => {
  it.each([
    ['github.com', 'https://github.com/', true],
    ['github.com/*', 'https://github.com/preactjs/preact', true],
    ['github.com', 'https://gist.github.com/x', true],
    ['*.github.com', 'https://gist.github.com/x', true],
    ['*.github.com', 'https://github.com/x', true],
    ['www.example.org', 'https://example.org/', true],
    ['https://example.org/', 'http://example.org/a', true],
    ['example.org/news', 'https://example.org/news/today', true],
    ['example.org/news', 'https://example.org/sport', false],
    ['example.org/*/comments', 'https://example.org/r/x/comments/1', true],
    ['GitHub.com', 'https://github.com/', true],
    ['github.com', 'https://notgithub.com/', false],
    ['github.com', 'https://github.com.evil.example/', false],
    ['g.thub.com', 'https://github.com/', false],
    ['bücher.example', 'https://xn--bcher-kva.example/', true],
    ['', 'https://example.org/', false],
    ['*', 'https://example.org/', true],
    ['example.org', 'not an address', false],
  ])('%s: %s is %s', (site, url, is) => {
    expect(isOfSite(url, site)).toBe(is);
  });

  it('may hold anything at all', () => {
    fc.assert(fc.property(fc.webUrl(), fc.string(), (url, site) => typeof isOfSite(url, site) === 'boolean'));
  });
});

describe('the preset of a page', () => {
  const preset = (id: string, ...sites: string[]): Preset => ({
    id,
    name: id,
    destinationId: 'ds',
    beginning: { starts: {} },
    key: null,
    sites,
  });

  it('is the first one whose sites it is of', () => {
    const presets = [preset('none'), preset('code', 'github.com'), preset('all', '*')];
    expect(presetFor('https://github.com/x', presets)?.id).toBe('code');
    expect(presetFor('https://example.org/', presets)?.id).toBe('all');
    expect(presetFor('https://example.org/', [preset('none')])).toBeNull();
  });
});

it('no preset takes a key that means something else in the toast', () => {
  expect(PRESET_KEYS.filter((key) => 'tnsduoa'.includes(key))).toEqual([]);
  expect(new Set(PRESET_KEYS).size).toBe(28);
});
