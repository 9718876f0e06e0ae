import { describe, expect, it } from 'vitest';
import { addedIds, maybeAdded } from '../../../../src/core/notion/content.ts';

const sent = (words: string) => ({
  type: 'paragraph',
  paragraph: { rich_text: [{ type: 'text', text: { content: words } }] },
});
const found = (id: string, words: string, maker?: string) => ({
  id,
  type: 'paragraph',
  paragraph: { rich_text: [{ plain_text: words }] },
  ...(maker === undefined ? {} : { created_by: { id: maker } }),
});

describe('blocks that were added', () => {
  it('are all of them, also where they begin with the same words again', () => {
    const page = [found('1', 'a'), found('2', 'a'), found('3', 'a'), found('4', 'b')];
    expect(addedIds(page.slice(0, 3), [sent('a'), sent('a'), sent('a')])).toEqual(['1', '2', '3']);
    expect(addedIds(page, [sent('a'), sent('a'), sent('b')])).toEqual(['2', '3', '4']);
  });

  it('are those that are left where some have been changed since', () => {
    const page = [found('1', 'a'), found('2', 'otherwise'), found('3', 'c')];
    expect(addedIds(page, [sent('a'), sent('b'), sent('c')])).toEqual(['1']);
  });

  it('are many of the same types of which most say the same, as Notion may write a word otherwise', () => {
    const words = Array.from({ length: 12 }, (_, at) => `n${at}`);
    const page = [
      found('0', 'before'),
      ...words.map((one, at) => found(`${at + 1}`, at % 3 === 0 ? `${one}.` : one)),
    ];
    const ids = words.map((_, at) => `${at + 1}`);
    expect(addedIds(page, words.map(sent))).toEqual(ids);
    const others = words.map((_, at) => found(`${at}`, 'something else'));
    expect(addedIds(others, words.map(sent))).toEqual([]);
  });

  it('may be those that nobody else made and no other request', () => {
    const page = [
      found('1', 'a', 'bot'),
      found('2', 'a', 'somebody'),
      found('3', 'a'),
      found('4', 'a', 'bot'),
    ];
    const left = maybeAdded(page, { ours: new Set(['1']), botIds: new Set(['bot']) });
    expect(left).toEqual([page[2], page[3]]);
  });
});
