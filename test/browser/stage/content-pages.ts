/** Pages in `test/fixtures/pages/content`, each with what is to be read of it in `NAME.expected.html`. */
import { readdirSync, readFileSync } from 'node:fs';
import type { ContentNode } from '../../../src/core/content/node.ts';

const folder = new URL('../../fixtures/pages/content/', import.meta.url);

export const contentPages: readonly { name: string; expected: string }[] = readdirSync(folder)
  .filter((file) => file.endsWith('.expected.html'))
  .map((file) => ({
    name: file.slice(0, -'.expected.html'.length),
    expected: trimmed(readFileSync(new URL(file, folder), 'utf8')),
  }));

/**
 * A tree as the expected files have it: as HTML, a piece a line, without containers that say nothing, and without white space
 * that is not shown. Addresses of `origin` are written from its root.
 */
export const written = (nodes: readonly ContentNode[], origin: string): string =>
  trimmed(
    nodes
      .map((node) => write(node))
      .join('')
      .replaceAll(origin, ''),
  );

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function write(node: ContentNode, isExact = false): string {
  if (typeof node === 'string') return isExact ? escaped(node) : escaped(node).replace(/[ \t\n\r]+/g, ' ');
  const inside = node.children.map((child) => write(child, node.name === 'pre')).join('');
  if (node.name === 'div') return inside;
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${value}"`);
  const isVoid = node.name === 'img';
  return `<${node.name}${attributes.join('')}>${isVoid ? '' : `${inside}</${node.name}>`}`;
}

/** White space beside a block is not shown. */
function trimmed(html: string): string {
  const BLOCK =
    /\s*(<\/?(?:p|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|t[dh]|figure|figcaption|blockquote|aside|details|summary|hr|iframe|video|audio|img|br)\b[^>]*>|<pre\b[^>]*>[\s\S]*?<\/pre>|<math [^>]*display="block"><\/math>)\s*/g;
  return html
    .replace(BLOCK, '$1')
    .replace(
      /(<p>|<\/p>|<pre\b|<h[1-6]>|<ul>|<ol|<dl>|<table>|<figure>|<blockquote|<aside|<details>|<hr>)/g,
      '\n$1',
    )
    .trim()
    .replace(/\n+/g, '\n');
}
