/** Lists of addresses: one a line, with or without a title, as OneTab writes them, as Markdown, or with whatever stands before. */
import { collect, type Found, type Reading } from '../item.ts';

const SCHEME = /^[a-z][a-z\d+.-]*:/i;
const BULLET = /^\s*(?:[-*+•–]|\d+[.)])\s+(?:\[[ x]\]\s+)?/i;

/** @returns null where no line has an address */
export function readAddresses(text: string): Reading | null {
  const reading = collect('addresses');
  for (const line of text.split(/\r\n|\r|\n/)) {
    const words = line.replace(BULLET, '').trim();
    if (words === '' || words.startsWith('#')) continue;
    const found = markdownLinks(words);
    if (found.length > 0) for (const link of found) reading.add(link);
    else if (SCHEME.test(words)) reading.add(titled(words));
    else for (const url of words.match(/\bhttps?:\/\/[^\s<>"]+/gi) ?? []) reading.add({ url: trimmed(url) });
  }
  return reading.items.length > 0 ? reading : null;
}

/** `URL | Title`; the title may hold the sign itself. Blanks alone, or a tab, part them as well. */
function titled(line: string): Found {
  const [url = '', title] = /\s\|\s/.test(line) ? cutAt(line, /\s\|\s/) : cutAt(line, /\s+/);
  return { url, title };
}

function cutAt(line: string, sign: RegExp): [string, string | undefined] {
  const found = sign.exec(line);
  return found ? [line.slice(0, found.index), line.slice(found.index + found[0].length)] : [line, undefined];
}

/** Signs that end a sentence are none of the address before them, unless a bracket is opened in it. */
function trimmed(url: string): string {
  const short = url.replace(/[.,;:!?'"]+$/, '');
  return short.endsWith(')') && !short.includes('(') ? short.slice(0, -1) : short;
}

/** `[title](address "more")`; brackets in either are in pairs. */
function markdownLinks(line: string): Found[] {
  const links: Found[] = [];
  const start = /\]\(\s*<?(?=[a-z][a-z\d+.-]*:)/gi;
  for (let found = start.exec(line); found; found = start.exec(line)) {
    const from = found.index + found[0].length;
    let [depth, to] = [0, from];
    for (; to < line.length && !/[\s>]/.test(line[to] ?? ''); to++) {
      if (line[to] === '(') depth++;
      else if (line[to] === ')' && depth-- === 0) break;
    }
    links.push({ url: line.slice(from, to), title: titleBefore(line, found.index) });
    start.lastIndex = to;
  }
  return links;
}

/** Back from the `]` at `end` to the `[` that opened it. */
function titleBefore(line: string, end: number): string {
  let depth = 0;
  for (let at = end - 1; at >= 0; at--) {
    if (line[at] === ']') depth++;
    else if (line[at] === '[' && depth-- === 0) return line.slice(at + 1, end);
  }
  return '';
}
