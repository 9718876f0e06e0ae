/** What comes out of a page, read as what it should be. Nothing of it is trusted. */
import * as z from 'zod/mini';
import type { ContentNode } from './node.ts';
import { ContentKind } from './page-content.ts';
import type { ReadContent } from './read-content.ts';

/** How much is taken at most: more than the reader of pages gives. */
const MOST = { nodes: 150_000, text: 5_000_000, depth: 300, attributes: 20 };
/** Characters of an attribute. A longer one is a picture within its address, which nobody else can fetch. */
const LONGEST = 4_000;

const Found = z.object({
  kind: ContentKind,
  url: z.string(),
  nodes: z.array(z.unknown()),
  left: z.record(z.string(), z.number()),
  isCut: z.boolean(),
});

/** What was read of a page; null for what is nothing of the kind. */
export function parseContent(raw: unknown): ReadContent | null {
  const found = z.safeParse(Found, raw);
  if (!found.success) return null;
  const nodes = parseNodes(found.data.nodes);
  return nodes && nodes.length > 0 ? { ...found.data, nodes } : null;
}

function parseNodes(raw: readonly unknown[]): ContentNode[] | null {
  const used = { nodes: 0, text: 0 };
  const parse = (node: unknown, depth: number): ContentNode | null => {
    used.nodes += 1;
    if (used.nodes > MOST.nodes || depth > MOST.depth) return null;
    if (typeof node === 'string') {
      used.text += node.length;
      return used.text > MOST.text ? null : node;
    }
    if (typeof node !== 'object' || node === null) return null;
    const { name, attributes, children } = node as Record<string, unknown>;
    if (typeof name !== 'string' || !/^[a-z][a-z0-9]{0,20}$/.test(name) || !Array.isArray(children))
      return null;
    const parsed: ContentNode[] = [];
    for (const child of children) {
      const one = parse(child, depth + 1);
      if (one === null) return null;
      parsed.push(one);
    }
    return { name, attributes: parseAttributes(attributes), children: parsed };
  };
  const parsed = raw.map((node) => parse(node, 1));
  return parsed.every((node) => node !== null) ? parsed : null;
}

function parseAttributes(raw: unknown): Record<string, string> {
  if (typeof raw !== 'object' || raw === null) return {};
  const all = Object.entries(raw).slice(0, MOST.attributes);
  return Object.fromEntries(
    all.filter(
      ([name, value]) => /^[a-z]+$/.test(name) && typeof value === 'string' && value.length <= LONGEST,
    ),
  );
}
