import { describe, expect, it } from 'vitest';
import type { Capture } from '../../../../src/core/capture/capture.ts';
import { withEdits } from '../../../../src/core/capture/edits.ts';

const capture = (more: Partial<Capture> = {}): Capture => ({
  url: 'https://example.org/',
  title: 'Page',
  description: '',
  tags: [],
  at: 1,
  origin: 'quick-save',
  ...more,
});
const held = capture({ title: 'Row', description: 'Of old.', tags: ['a', 'b'], at: 9, origin: 'import' });
const list = (...names: string[]) => ({
  id: 'p',
  name: 'P',
  value: { kind: 'list' as const, items: names.map((name) => ({ name })) },
});

describe('what the user made of one capture, done to another', () => {
  it('is nothing where they did nothing', () => {
    expect(withEdits(held, capture(), capture())).toEqual(held);
  });

  it('is all that they made where nothing else has happened', () => {
    const made = capture({ title: 'Other', tags: ['x'], values: [list('y')] });
    expect(withEdits(capture(), capture(), made)).toBe(made);
  });

  it('adds and takes out tags, however they are written, and leaves the others', () => {
    expect(withEdits(held, capture({ tags: ['B', 'own'] }), capture({ tags: ['own', 'new'] })).tags).toEqual([
      'a',
      'new',
    ]);
  });

  it('takes their order where all that is there was known to them', () => {
    expect(withEdits(held, capture({ tags: ['a', 'b'] }), capture({ tags: ['b', 'c', 'a'] })).tags).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  it('takes their title', () => {
    expect(withEdits(held, capture(), capture({ title: 'Theirs' }))).toMatchObject({
      title: 'Theirs',
      at: 9,
    });
  });

  it('keeps both of a text that two have written', () => {
    const noted = withEdits(held, capture(), capture({ description: 'A note.' }));
    expect(noted.description).toBe('Of old.\nA note.');
    expect(withEdits(noted, capture(), capture({ description: 'A note.' }))).toEqual(noted);
    expect(withEdits(held, capture({ description: 'Of the page.' }), capture()).description).toBe('Of old.');
  });

  it('merges lists of options, and replaces the one of a property that takes one', () => {
    const onto = capture({ values: [list('a', 'b')] });
    const from = capture({ values: [list('b')] });
    const to = capture({ values: [list('c')] });
    expect(withEdits(onto, from, to).values).toEqual([list('a', 'c')]);
    expect(withEdits(onto, from, to, new Set(['p'])).values).toEqual([list('c')]);
    expect(withEdits(onto, from, capture()).values).toEqual([list('a')]);
    expect(withEdits(capture(), from, to).values).toEqual([list('c')]);
  });
});
