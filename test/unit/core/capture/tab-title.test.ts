import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../../../src/core/capture/capture.ts';
import { fieldsFrom } from '../../../../src/core/capture/fields.ts';
import { factsOfTab, titleOfTab } from '../../../../src/core/capture/tab-title.ts';

describe('the title of a tab', () => {
  it.each([
    ['Tides - tides.pdf', 'https://example.org/tides.pdf', 'Tides'],
    ['Tides - two words.PDF', 'https://example.org/two%20words.PDF?dl=1#page=2', 'Tides'],
    ['Tides - 100%.pdf', 'https://example.org/100%.pdf', 'Tides'],
    // There it says nothing that is not in the address, or the file is another.
    ['tides.pdf', 'https://example.org/tides.pdf', 'tides.pdf'],
    [' - tides.pdf', 'https://example.org/tides.pdf', ' - tides.pdf'],
    ['Tides - moon.pdf', 'https://example.org/tides.pdf', 'Tides - moon.pdf'],
    ['How to read - tides.html', 'https://example.org/tides.html', 'How to read - tides.html'],
    ['Anything', 'not an address', 'Anything'],
    ['view-source:https://example.org/a', 'view-source:https://example.org/a', ''],
    ['https://example.org/a', 'https://example.org/a', ''],
  ])('%j at %s is %j', (title, url, expected) => {
    expect(titleOfTab(title, url)).toBe(expected);
  });

  it('and its address are what is known where an empty page stands in it', () => {
    const tab = { url: 'https://example.org/slow', title: '' };
    const empty = { url: 'about:blank', title: '', selection: '', meta: {} };
    expect(fieldsFrom(factsOfTab(tab, empty))).toMatchObject({ url: tab.url, title: 'example.org/slow' });
  });

  it('counts where a PDF has none of its own, and only there', () => {
    const pdf: PageFacts = {
      url: 'https://example.org/a.pdf',
      title: '',
      selection: '',
      meta: {},
      contentType: 'application/pdf',
    };
    const { url } = pdf;
    const titled = (title: string, read: PageFacts | null) => factsOfTab({ url, title }, read);
    expect(titled('Tides', pdf).title).toBe('Tides');
    expect(fieldsFrom(titled('', pdf)).title).toBe('a.pdf');
    expect(titled('Tides', { ...pdf, title: 'Its own' }).title).toBe('Its own');
    expect(titled('Tides', { ...pdf, contentType: 'text/html' }).title).toBe('');
    expect(titled('Tides - a.pdf', null)).toEqual({ url, title: 'Tides', selection: '', meta: {} });
  });
});
