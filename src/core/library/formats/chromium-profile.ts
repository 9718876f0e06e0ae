/** The file `Bookmarks` in a profile of Chrome, Edge and others of their kind. */
import { windowsDate } from '../dates.ts';
import { collect, type Reading } from '../item.ts';
import { type Fields, fieldsOf, isFields, listOf, stringOf } from '../values.ts';

const rootsOf = (json: unknown): Fields => fieldsOf(fieldsOf(json).roots);

export const isChrome = (json: unknown): boolean =>
  isFields(json) && Object.values(rootsOf(json)).some((root) => Array.isArray(fieldsOf(root).children));

export function readChrome(json: unknown): Reading {
  const reading = collect('chrome');
  const roots = Object.values(rootsOf(json)).filter(isFields);
  const waiting = roots.toReversed().map((node) => ({ node, folder: [] as readonly string[] }));
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { node, folder } = one;
    const name = stringOf(node.name) ?? '';
    if (node.url !== undefined) {
      const created = windowsDate(node.date_added);
      reading.add({ url: stringOf(node.url), title: name, created, folder: [...folder] });
    }
    for (const child of listOf(node.children).map(fieldsOf).toReversed())
      waiting.push({ node: child, folder: [...folder, name] });
  }
  return reading;
}
