import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDraft } from '../../../src/protocol/draft.ts';

const fields = { url: 'https://example.org/', title: 'T', description: '', tags: ['a'], tagInput: 'b' };
const draft = { url: 'https://example.org/', fields, destinationId: null };

it('a draft is read whole', () => {
  const value = { kind: 'list' as const, items: [{ name: 'Reading' }] };
  const more = {
    values: [{ id: 'p', name: 'Status', value }],
    given: { p: 1 },
    template: 't',
    icon: 'i',
    cover: 'c',
  };
  expect(readDraft(draft)).toEqual(draft);
  expect(readDraft({ ...draft, fields: { ...fields, ...more } })).toEqual({
    ...draft,
    fields: { ...fields, ...more },
  });
});

it.each([
  undefined,
  null,
  'a',
  {},
  { ...draft, fields: { ...fields, tags: 'a' } },
  { ...draft, destinationId: 1 },
])('what is none is none: %j', (raw) => expect(readDraft(raw)).toBeNull());

it('nothing breaks it', () => {
  fc.assert(fc.property(fc.anything(), (raw) => void readDraft(raw)));
});
