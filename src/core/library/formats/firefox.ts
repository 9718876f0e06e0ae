/** Firefox's own backup: a tree in JSON, the same that `jsonlz4` holds. */
import { unixDate } from '../dates.ts';
import { collect, type Reading } from '../item.ts';
import { type Fields, fieldsOf, isFields, listOf, splitAt, stringOf } from '../values.ts';

const isPlaces = ({ type }: Fields): boolean => /^text\/x-moz-place/.test(stringOf(type) ?? '');

export const isFirefox = (json: unknown): boolean =>
  isFields(json) && (isPlaces(json) || json.root === 'placesRoot');

export function readFirefox(json: unknown): Reading {
  const reading = collect('firefox');
  // By hand: folders may lie deeper than calls may.
  const waiting: { node: Fields; folder: readonly string[] }[] = [{ node: fieldsOf(json), folder: [] }];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { node, folder } = one;
    const children = listOf(node.children).map(fieldsOf);
    if (node.uri !== undefined) {
      const note = listOf(node.annos)
        .map(fieldsOf)
        .find(({ name }) => name === 'bookmarkProperties/description');
      reading.add({
        url: stringOf(node.uri),
        title: stringOf(node.title),
        tags: splitAt(node.tags, ','),
        created: unixDate(node.dateAdded),
        note: stringOf(note?.value),
        folder: [...folder],
      });
    } else if (children.length > 0) {
      const name = stringOf(node.title) ?? '';
      const inside = name === '' ? folder : [...folder, name];
      for (const child of children.toReversed()) waiting.push({ node: child, folder: inside });
    }
  }
  return reading;
}
