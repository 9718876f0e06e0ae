import { expect, it } from 'vitest';
import { inferMapping } from '../../../../src/core/database/mapping.ts';

const properties = (...list: [type: string, name: string][]) =>
  list.map(([type, name], index) => ({ id: type === 'title' ? 'title' : `p${index}`, name, type }));

it('prefers the likeliest name among properties of the right type', () => {
  const mapping = inferMapping(
    properties(
      ['title', 'Name'],
      ['url', 'Image'],
      ['url', 'Link'],
      ['multi_select', 'Mood'],
      ['multi_select', 'tags'],
      ['rich_text', 'Author'],
      ['rich_text', 'Résumé'],
      ['date', 'Due'],
      ['date', 'Date added'],
    ),
  );
  expect(mapping).toEqual({ title: 'title', url: 'p2', tags: 'p4', description: 'p6', savedOn: 'p8' });
});

it('takes the first URL and multi-select, the only text, and never guesses a date', () => {
  expect(
    inferMapping(
      properties(['title', 'x'], ['url', 'y'], ['multi_select', 'z'], ['rich_text', 'w'], ['date', 'Due']),
    ),
  ).toEqual({ title: 'title', url: 'p1', tags: 'p2', description: 'p3', savedOn: null });
  expect(
    inferMapping(properties(['title', 'x'], ['rich_text', 'Author'], ['rich_text', 'Publisher'])),
  ).toMatchObject({
    description: null,
  });
});

it.each([
  ['태그', '링크', '설명'],
  ['タグ', 'リンク', '説明'],
  ['标签', '链接', '描述'],
  ['теги', 'ссылка', 'описание'],
  ['Étiquettes', 'Lien', 'Résumé'],
  ['Schlagwörter', 'Webadresse', 'Beschreibung'],
])('knows %s, %s, %s', (tags, url, description) => {
  const mapping = inferMapping(
    properties(
      ['title', 'x'],
      ['url', 'other'],
      ['url', url],
      ['multi_select', 'other'],
      ['multi_select', tags],
      ['rich_text', 'other'],
      ['rich_text', description],
    ),
  );
  expect(mapping).toMatchObject({ url: 'p2', tags: 'p4', description: 'p6' });
});
