/** Whether a row holds exactly what a request was sent to make. */
import type { Capture } from '../capture/capture.ts';
import type { Destination } from '../database/destination.ts';
import { isSame } from '../same.ts';
import type { PageReply } from './replies.ts';
import { createPlainRow, createRow, type RowRequest } from './row.ts';

type Body = {
  properties: Record<string, Record<string, unknown>>;
  icon?: { external?: { url: string } };
  cover?: { external?: { url: string } };
  template?: unknown;
  children?: readonly unknown[];
};

/**
 * What the row's page was sent with when the row holds what that capture was sent as; null when it does not, or may not.
 * `children` null: a template was applied, which says nothing of what the page holds.
 */
export function sentContent(
  page: PageReply,
  sent: Capture,
  destination: Destination,
): { children: readonly unknown[] | null } | null {
  // Where Notion refused icon or cover, the row was made without.
  for (const made of [createRow, createPlainRow]) {
    const body = bodyOf(made(sent, destination));
    if (holds(page, body)) return { children: body.template === undefined ? (body.children ?? []) : null };
  }
  return null;
}

const bodyOf = ({ request }: RowRequest): Body => request.body as Body;

function holds({ properties, icon, cover }: PageReply, body: Body): boolean {
  const seen = new Set<string>();
  for (const raw of Object.values(properties)) {
    const reply = raw as { id?: unknown; type?: unknown; has_more?: unknown };
    if (typeof reply.id !== 'string' || typeof reply.type !== 'string') return false;
    seen.add(decoded(reply.id));
    const sent = body.properties[reply.id] ?? body.properties[decoded(reply.id)];
    const held = comparable(reply.type, reply as Record<string, unknown>);
    if (held === undefined) continue;
    if (reply.has_more === true) return false;
    const ids = idsByName(reply as Record<string, unknown>, reply.type);
    // Notion sets a status by itself, and a template sets what it likes.
    const isFree = isNothing(held) || reply.type === 'status' || body.template !== undefined;
    if (sent ? !isSame(held, comparable(reply.type, sent, ids)) : !isFree) return false;
  }
  return (
    Object.keys(body.properties).every((id) => seen.has(id) || seen.has(decoded(id))) &&
    urlOf(icon) === urlOf(body.icon) &&
    urlOf(cover) === urlOf(body.cover)
  );
}

/** Notion writes ids of properties URL-encoded in replies, and takes them either way. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

type Media = { external?: { url: string } | undefined; emoji?: string | undefined } | null | undefined;
const urlOf = (media: Media): string | null => media?.external?.url ?? media?.emoji ?? null;

const isNothing = (held: unknown): boolean =>
  held === null || held === '' || held === false || (Array.isArray(held) && held.length === 0);

type Item = {
  id?: string;
  name?: string;
  plain_text?: string;
  text?: { content?: string };
  external?: { url?: string };
};

/** The options of a reply: what is sent names those that are new, and has the ids of the others. */
function idsByName(reply: Record<string, unknown>, type: string): Map<string, string> {
  const options = [reply[type]].flat() as (Item | null)[];
  return new Map(
    options.flatMap((option) => (option?.name && option.id ? [[option.name, option.id] as const] : [])),
  );
}

/**
 * A value in a form that is the same for what is sent and for what Notion returns of it; undefined for those that nobody can
 * send.
 */
function comparable(
  type: string,
  value: Record<string, unknown>,
  ids: ReadonlyMap<string, string> = new Map(),
): unknown {
  const optionOf = ({ id, name = '' }: Item): string => id ?? ids.get(name) ?? name;
  const field = value[type] ?? null;
  const items = (Array.isArray(field) ? field : []) as Item[];
  switch (type) {
    case 'title':
    case 'rich_text':
      return items.map(({ plain_text, text }) => plain_text ?? text?.content ?? '').join('');
    case 'url':
    case 'email':
    case 'phone_number':
    case 'number':
    case 'checkbox':
      return field;
    case 'select':
    case 'status':
      return field && optionOf(field as Item);
    case 'multi_select':
      return items.map(optionOf).sort();
    case 'people':
    case 'relation':
      return items.map(({ id = '' }) => id.replaceAll('-', '')).sort();
    case 'files':
      return items.map(({ external, name = '' }) => external?.url ?? name);
    case 'date': {
      const { start, end, time_zone } = (field ?? {}) as { start?: string; end?: string; time_zone?: string };
      return field && [instantOf(start), instantOf(end), time_zone ?? null];
    }
    default:
      return undefined;
  }
}

/** A moment may be written in several ways; a day or a local time is compared as it stands. */
const instantOf = (text: string | null | undefined): string | number | null =>
  text && /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : (text ?? null);
