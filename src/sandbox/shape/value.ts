import type { Caller } from '../access.ts';
import { type StoredFile, signedFile } from '../hosted-files.ts';
import type { DataSource, Page, Property, RichText } from '../model.ts';
import { findProperty, plainText, type World } from '../state.ts';
import { toMinute } from '../time.ts';
import { shapeUser } from './user.ts';

export interface Cell {
  world: World;
  caller: Caller;
  source: DataSource;
  page: Page;
}

/** A page shows at most this many references; the rest comes from the property endpoint. */
const maxReferences = 25;

/** Rich text with whoever is mentioned; a page shows it up to its 25th mention of a person or a page. */
function shapeText(world: World, caller: Caller, items: readonly RichText[]): RichText[] {
  const isCounted = ({ mention }: RichText): boolean =>
    ['user', 'page'].includes((mention as { type?: string } | undefined)?.type ?? '');
  const mentions = items.flatMap((item, index) => (isCounted(item) ? [index] : []));
  return items.slice(0, mentions[maxReferences]).map((item) => shapeTextItem(world, caller, item));
}

export function shapeTextItem(world: World, caller: Caller, item: RichText): RichText {
  const mention = item.mention as { type?: string; user?: { id: string } } | undefined;
  if (mention?.type !== 'user' || !mention.user) return item;
  return { ...item, mention: { type: 'user', user: shapeUser(world, caller, mention.user.id) } };
}

/** `{[type]: value}` as responses carry it, with `has_more` where Notion adds it. */
export function shapeValue(cell: Cell, property: Property): Record<string, unknown> {
  const { type } = property;
  if (type === 'relation') {
    const ids = (cell.page.values.get(property.id) ?? []) as string[];
    const relation = ids.slice(0, maxReferences).map((id) => ({ id }));
    return { relation, has_more: ids.length > maxReferences };
  }
  return { [type]: readValue(cell, property) };
}

export function shapeSelected(property: Property, optionId: unknown): Record<string, unknown> | null {
  const option = property.options.find(({ id }) => id === optionId);
  return option ? { id: option.id, name: option.name, color: option.color } : null;
}

function readValue({ world, caller, source, page }: Cell, property: Property): unknown {
  const stored = page.values.get(property.id) ?? null;
  switch (property.type) {
    case 'title':
    case 'rich_text':
      return shapeText(world, caller, (stored ?? []) as RichText[]);
    case 'files':
      return ((stored ?? []) as StoredFile[]).map((file) => signedFile(world, file));
    case 'checkbox':
      return stored ?? false;
    case 'select':
    case 'status':
      return shapeSelected(property, stored);
    case 'multi_select':
      return ((stored ?? []) as string[]).flatMap((id) => shapeSelected(property, id) ?? []);
    case 'people':
      return ((stored ?? []) as string[]).slice(0, maxReferences).map((id) => shapeUser(world, caller, id));
    case 'created_time':
      return toMinute(page.createdAt);
    case 'last_edited_time':
      return toMinute(page.editedAt);
    case 'created_by':
      return shapeUser(world, caller, page.createdBy);
    case 'last_edited_by':
      return shapeUser(world, caller, page.editedBy);
    case 'unique_id':
      return { prefix: property.settings.prefix ?? null, number: page.number };
    case 'formula':
      return evaluate(source, page, String(property.settings.expression));
    case 'rollup':
      return { type: 'unsupported', unsupported: {}, function: property.settings.function };
    case 'button':
      return {};
    default:
      return stored;
  }
}

/** The one formula the sandbox understands is a text's length; Notion too has formulas its API cannot show. */
export function evaluate(source: DataSource, page: Page, expression: string): Record<string, unknown> {
  const measured = /^length\(prop\("(.+)"\)\)$/.exec(expression)?.[1];
  const property = measured === undefined ? undefined : findProperty(source, measured);
  if (property?.type !== 'title' && property?.type !== 'rich_text')
    return { type: 'unsupported', unsupported: {} };
  const value = (page.values.get(property.id) ?? []) as RichText[];
  return { type: 'number', number: plainText(value).length };
}
