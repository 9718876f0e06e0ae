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
  ])('%j at %s is %j', (title, url, expected) => {
    expect(titleOfTab(title, url)).toBe(expected);
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
