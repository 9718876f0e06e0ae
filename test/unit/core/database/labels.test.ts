import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOf } from '../../../../src/core/database/label.ts';
import { type Listed, labelEntries, labelText } from '../../../../src/core/database/labels.ts';

const WORKSPACES: Record<string, string> = { ada: 'Ada’s Notion', work: 'Work' };
const PAGES = [
  { id: 'home', title: 'Home' },
  { id: 'lab', title: 'Lab' },
];

const labelsOf = (...entries: (Partial<Listed> & { title: string })[]): string[] => {
  const listed = entries.map((entry, index) => ({ id: `id${index}`, botId: 'ada', ...entry }));
  const labels = labelEntries(listed, {
    workspaceOf: (botId) => WORKSPACES[botId] ?? '',
    pages: PAGES,
    untitled: 'Untitled',
  });
  return listed.map(({ id }) => labelText(labels.get(id) ?? { name: 'nothing', details: [] }));
};

describe('the label of a database', () => {
  it('has its emoji before it, where there is one', () => {
    expect(labelOf({ emoji: '📚' }, 'Reading list')).toBe('📚 Reading list');
    expect(labelOf({ url: 'https://example.org/icon.png' }, 'Reading list')).toBe('Reading list');
    expect(labelOf(null, 'Reading list')).toBe('Reading list');
  });

  it('is its title alone, where nothing looks like it', () => {
    expect(labelsOf({ title: 'Reading list' }, { title: 'Recipes', botId: 'work' }, { title: '' })).toEqual([
      'Reading list',
      'Recipes',
      'Untitled',
    ]);
  });
});

describe('a data source', () => {
  const contacts = { databaseId: 'd', databaseTitle: 'Contacts' };

  it('is called after its database when that holds several', () => {
    expect(labelsOf({ title: 'People', ...contacts }, { title: 'Contacts', ...contacts })).toEqual([
      'Contacts / People',
      'Contacts / Contacts',
    ]);
    expect(labelsOf({ title: '', ...contacts }, { title: 'People', ...contacts })[0]).toBe(
      'Contacts / Untitled',
    );
  });

  it('is called after its database when that has another name, and once when it has the same', () => {
    expect(labelsOf({ title: 'People', ...contacts })).toEqual(['Contacts / People']);
    expect(labelsOf({ title: 'Contacts', ...contacts })).toEqual(['Contacts']);
    expect(labelsOf({ title: '', ...contacts })).toEqual(['Contacts']);
    expect(labelsOf({ title: 'People', databaseId: 'd', databaseTitle: '' })).toEqual(['People']);
  });

  it('is called by its own title as long as that of its database is not known', () => {
    expect(labelsOf({ title: 'People', databaseId: 'd' }, { title: 'Places', databaseId: 'd' })).toEqual([
      'People',
      'Places',
    ]);
  });
});

describe('databases that look alike', () => {
  const list = { title: 'Reading list' };

  it('are told apart by workspace', () => {
    expect(labelsOf(list, { ...list, botId: 'work' }, { title: 'Recipes' })).toEqual([
      'Reading list (Ada’s Notion)',
      'Reading list (Work)',
      'Recipes',
    ]);
  });

  it('then by the page they are in, where it is known', () => {
    expect(
      labelsOf({ ...list, parentPageId: 'home' }, { ...list, parentPageId: 'lab' }, { title: 'Recipes' }),
    ).toEqual(['Reading list (Home)', 'Reading list (Lab)', 'Recipes']);
    expect(labelsOf({ ...list, parentPageId: 'home' }, list, { ...list, botId: 'work' })).toEqual([
      'Reading list (Ada’s Notion · Home)',
      'Reading list (Ada’s Notion)',
      'Reading list (Work)',
    ]);
  });

  it('and at last by a number that does not depend on their order', () => {
    expect(labelsOf({ ...list, id: 'a' }, { ...list, id: 'b' })).toEqual([
      'Reading list',
      'Reading list (2)',
    ]);
    expect(labelsOf({ ...list, id: 'b' }, { ...list, id: 'a' })).toEqual([
      'Reading list (2)',
      'Reading list',
    ]);
  });

  it('look alike also in other capitals and with other gaps', () => {
    expect(labelsOf(list, { title: 'reading  list', botId: 'work' })).toEqual([
      'Reading list (Ada’s Notion)',
      'reading  list (Work)',
    ]);
  });

  it('are never called the same, whatever they are called', () => {
    const titles = fc.constantFrom('', 'A', 'a', 'A (2)', 'A (Home)', 'A / B', 'B', ' A ', 'A (Work · 2)');
    const listed = fc.record({
      title: titles,
      botId: fc.constantFrom('ada', 'work', 'nameless'),
      databaseId: fc.constantFrom(undefined, 'd', 'e'),
      databaseTitle: fc.constantFrom(undefined, '', 'A', 'B'),
      parentPageId: fc.constantFrom(undefined, 'home', 'lab', 'unknown'),
    });
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 12 }), (entries) => {
        const labels = labelsOf(...(entries as Listed[]));
        expect(new Set(labels.map((label) => label.trim().toLowerCase())).size).toBe(entries.length);
        expect(labels.every((label) => label.trim() !== '')).toBe(true);
      }),
    );
  });
});
