import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../../../src/core/capture/capture.ts';
import { fieldsFrom } from '../../../../src/core/capture/fields.ts';
import { titleOfTab, withTabTitle } from '../../../../src/core/capture/tab-title.ts';

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
    expect(withTabTitle(pdf, 'Tides').title).toBe('Tides');
    expect(fieldsFrom(withTabTitle(pdf, '')).title).toBe('a.pdf');
    expect(withTabTitle({ ...pdf, title: 'Its own' }, 'Tides').title).toBe('Its own');
    expect(withTabTitle({ ...pdf, contentType: 'text/html' }, 'Tides').title).toBe('');
  });
});
