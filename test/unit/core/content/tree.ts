/** Trees of pages and blocks in a form that can be read. */
import { parseHTML } from 'linkedom';
import type { ContentNode } from '../../../../src/core/content/node.ts';
import type { Block } from '../../../../src/core/notion/block.ts';

/** A page's content as it is written in HTML: attributes as the reader of pages gives them. */
export function tree(html: string): ContentNode[] {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  return [...document.body.childNodes].flatMap(nodeOf);
}

function nodeOf(node: ChildNode): ContentNode[] {
  if (node.nodeType === 3) return [node.textContent ?? ''];
  if (node.nodeType !== 1) return [];
  const element = node as Element;
  return [
    {
      name: element.localName,
      attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      children: [...element.childNodes].flatMap(nodeOf),
    },
  ];
}

type Item = {
  text?: { content: string; link?: { url: string } };
  equation?: { expression: string };
  annotations?: Record<string, unknown>;
};

const SIGNS: Record<string, string> = {
  bold: 'b',
  italic: 'i',
  strikethrough: 's',
  underline: 'u',
  code: 'c',
  color: 'm',
};

/** `<b:words>` is bold, `<a=address:words>` a link, `$formula$` a formula. */
function written(items: readonly unknown[] = []): string {
  return (items as Item[])
    .map(({ text, equation, annotations = {} }) => {
      const marks = Object.keys(annotations).map((name) => SIGNS[name] ?? name);
      const link = text?.link ? [`a=${text.link.url}`] : [];
      const words = text ? text.content : `$${equation?.expression}$`;
      return marks.length + link.length > 0 ? `<${[...marks, ...link].join(' ')}:${words}>` : words;
    })
    .join('');
}

/** A line for each block: its type, what there is beside its words, and those; what is within is indented. */
export function outline(blocks: readonly Block[], depth = 0): string[] {
  return blocks.flatMap((block) => {
    const { type = '' } = block;
    const body = (block as unknown as Record<string, Record<string, unknown>>)[type] ?? {};
    const { rich_text, caption, children = [], cells, external, icon, type: _, ...rest } = body;
    const more = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
    const address = external ? [(external as { url: string }).url] : [];
    const emoji = icon ? [(icon as { emoji: string }).emoji] : [];
    const words = cells
      ? [(cells as unknown[][]).map((cell) => written(cell)).join(' | ')]
      : rich_text
        ? [`"${written(rich_text as unknown[])}"`]
        : [];
    const named = caption ? [`caption "${written(caption as unknown[])}"`] : [];
    const line = [type, ...emoji, ...more, ...address, ...words, ...named].join(' ');
    return ['  '.repeat(depth) + line, ...outline(children as Block[], depth + 1)];
  });
}
