import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../../../src/core/capture/capture.ts';
import { startsOf } from '../../../../src/core/capture/starts.ts';
import type { Destination } from '../../../../src/core/database/destination.ts';

const destination: Destination = {
  id: 'ds',
  botId: 'bot',
  title: 'Reading',
  icon: null,
  properties: [
    { id: 'title', name: 'Name', type: 'title' },
    { id: 'm', name: 'Minutes', type: 'number' },
    { id: 'f', name: 'Picture', type: 'files' },
    { id: 'a', name: 'Authors', type: 'multi_select' },
    { id: 'w', name: 'Written by', type: 'rich_text' },
    { id: 'p', name: 'Published', type: 'date' },
    { id: 'when', name: 'When', type: 'rich_text' },
  ],
  mapping: { title: 'title', url: null, tags: null, description: null, savedOn: null },
  readAt: 0,
};
const facts: PageFacts = {
  url: 'https://example.org/a/b',
  title: 'B',
  selection: '',
  meta: { ogImage: '../cover.png' },
  icon: 'https://example.org/icon.png',
  image: 'https://example.org/first.png',
  words: 1_000,
};

describe('a row begins', () => {
  it('with how long the page takes to read, in whole minutes', () => {
    const { values } = startsOf(
      destination,
      { starts: { m: { from: 'reading-time' } } },
      facts,
      '2026-05-03',
    );
    expect(values).toEqual([{ id: 'm', name: 'Minutes', value: { kind: 'text', text: '5' } }]);
  });

  it('with the image that the page names, or else its first', () => {
    const beginning = { starts: { f: { from: 'image' as const } }, cover: true, icon: true };
    const named = startsOf(destination, beginning, facts, '2026-05-03');
    expect(named).toMatchObject({
      cover: 'https://example.org/cover.png',
      icon: 'https://example.org/icon.png',
      values: [{ value: { items: [{ name: 'https://example.org/cover.png' }] } }],
    });
    expect(startsOf(destination, beginning, { ...facts, meta: {} }, '2026-05-03').cover).toBe(facts.image);
  });

  it('with each author by themselves, in words where there is one place', () => {
    const starts = { a: { from: 'author' as const }, w: { from: 'author' as const } };
    const of = (authors: string[]) =>
      startsOf(destination, { starts }, { ...facts, meta: { authors } }, '2026-05-03').values;
    expect(of(['Ada Byron', 'Mina Okoro'])).toMatchObject([
      { value: { kind: 'list', items: [{ name: 'Ada Byron' }, { name: 'Mina Okoro' }] } },
      { value: { kind: 'text', text: 'Ada Byron, Mina Okoro' } },
    ]);
    expect(of(['Byron, Ada', 'Okoro, Mina'])).toMatchObject([
      { value: { items: [{ name: 'Byron, Ada' }, { name: 'Okoro, Mina' }] } },
      { value: { text: 'Byron, Ada; Okoro, Mina' } },
    ]);
    expect(of([])).toEqual([]);
  });

  it.each([
    ['2019/12/30', { kind: 'date', start: '2019-12-30', end: null }, { kind: 'text', text: '2019-12-30' }],
    ['2019-3', { kind: 'date', start: '2019-03-01', end: '2019-03-31' }, { kind: 'text', text: '2019-3' }],
    ['03/04/2019', { kind: 'text', text: '03/04/2019' }, { kind: 'text', text: '03/04/2019' }],
  ])('with when %j was, as far as it is told', (published, inDate, inWords) => {
    const starts = { p: { from: 'published' as const }, when: { from: 'published' as const } };
    const { values } = startsOf(destination, { starts }, { ...facts, meta: { published } }, '2026-05-03');
    expect(values).toMatchObject([{ value: inDate }, { value: inWords }]);
  });

  it('with nothing that the user has not set', () => {
    expect(startsOf(destination, { starts: {} }, facts, '2026-05-03')).toEqual({ tags: [], values: [] });
    expect(startsOf(destination, { starts: {}, icon: true, cover: true }, null, '2026-05-03')).toEqual({
      tags: [],
      values: [],
    });
  });

  it('with the tags and the template of a preset, also before the schema is known', () => {
    const beginning = { starts: {}, tags: ['paper'], template: 'default' };
    expect(startsOf(null, beginning, null, '2026-05-03')).toEqual({
      tags: ['paper'],
      values: [],
      template: 'default',
    });
  });
});
