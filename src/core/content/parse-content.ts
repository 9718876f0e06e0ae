/** What comes out of a page, read as what it should be. Nothing of it is trusted. */
import * as z from 'zod/mini';
import type { ContentNode } from './node.ts';
import { ContentKind } from './page-content.ts';
import { isPictureType, MAX_PICTURE, MAX_PICTURES, MOST_PICTURES } from './picture-type.ts';
import type { PictureFile, ReadContent } from './read-content.ts';

/** How much is taken at most: more than the reader of pages gives. */
const MOST = { nodes: 150_000, text: 5_000_000, depth: 300, attributes: 20 };
/** Characters of an attribute. A longer one is a picture within its address, which nobody else can fetch. */
const LONGEST = 4_000;

const Found = z.object({
  kind: ContentKind,
  url: z.string(),
  nodes: z.array(z.unknown()),
  files: z.array(z.unknown()),
  directive: z.optional(z.string()),
  left: z.record(z.string(), z.number()),
  isCut: z.boolean(),
});

/** What was read of a page; null for what is nothing of the kind. */
export function parseContent(raw: unknown): ReadContent | null {
  const found = z.safeParse(Found, raw);
  if (!found.success) return null;
  const nodes = parseNodes(found.data.nodes);
  const files = parseFiles(found.data.files);
  const { directive } = found.data;
  if (directive !== undefined && !/^text=\S{1,1500}$/.test(directive)) return null;
  return nodes && files && nodes.length > 0 ? { ...found.data, nodes, files } : null;
}

/** Three bytes are four signs. */
const signsOf = (bytes: number): number => Math.ceil(bytes / 3) * 4;

const isBase64 = (data: string): boolean => data.length % 4 === 0 && !/[^A-Za-z0-9+/=]|=[^=]/.test(data);

function parseFiles(raw: readonly unknown[]): PictureFile[] | null {
  if (raw.length > MOST_PICTURES) return null;
  const files = raw.map((file): PictureFile | null => {
    const { type, data } = (file ?? {}) as Record<string, unknown>;
    if (typeof type !== 'string' || !isPictureType(type)) return null;
    if (typeof data !== 'string' || data.length > signsOf(MAX_PICTURE) || !isBase64(data)) return null;
    return { type, data };
  });
  if (!files.every((file) => file !== null)) return null;
  const signs = files.reduce((sum, { data }) => sum + data.length, 0);
  return signs <= signsOf(MAX_PICTURES) + 4 * MOST_PICTURES ? files : null;
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
