/** Which blocks may stand in which ("Block types that support child blocks", and what the types of the SDK imply). */
import { failedValidation, invalid, type Refusal } from '../errors.ts';
import type { Block } from '../model.ts';

type Holder = Pick<Block, 'type' | 'content'>;

const holders = new Set([
  'bulleted_list_item',
  'callout',
  'column',
  'column_list',
  'numbered_list_item',
  'paragraph',
  'quote',
  'synced_block',
  'tab',
  'table',
  'template',
  'to_do',
  'toggle',
]);

/** Those that stand in one type only, and nothing else stands there. */
const onlyIn: Record<string, string> = { table_row: 'table', column: 'column_list' };

const isHeading = (type: string): boolean => /^heading_\d$/.test(type);

/** Whether blocks may be put into that one at all. */
export function unholdable({ type, content }: Holder): Refusal | undefined {
  if (holders.has(type) || (isHeading(type) && content.is_toggleable === true)) return undefined;
  return invalid(
    isHeading(type)
      ? 'Only a toggleable heading can have children.'
      : `Blocks of type ${type} do not support children.`,
  );
}

/**
 * Whether these may stand in that one, beside each other.
 *
 * @param holder undefined: the page itself
 * @param path of the list, for messages: `body.children`
 */
export function misplaced(
  holder: Holder | undefined,
  children: readonly Holder[],
  path: string,
): Refusal | undefined {
  for (const [index, child] of children.entries()) {
    const home = onlyIn[child.type];
    const isAtHome = home === holder?.type || (home === undefined && !isReserved(holder));
    const at = `${path}[${index}].${child.type}`;
    if (!isAtHome) {
      return failedValidation([
        home === undefined
          ? `${at} should be not present, instead the parent was a \`${holder?.type}\``
          : `${at} should be in a \`${home}\`, instead the parent was a \`${holder?.type ?? 'page'}\``,
      ]);
    }
  }
  return holder?.type === 'table' ? unevenRow(holder, children) : undefined;
}

const isReserved = (holder: Holder | undefined): boolean =>
  holder !== undefined && Object.values(onlyIn).includes(holder.type);

export function unevenRow(table: Holder, rows: readonly Holder[]): Refusal | undefined {
  const width = Number(table.content.table_width);
  return rows.every(({ content }) => (content.cells as unknown[]).length === width)
    ? undefined
    : invalid('Number of cells in table row must match the table width of the parent table');
}

/** What a block has to hold from the start. */
export function tooEmpty({ type, content, children }: Block, path: string): Refusal | undefined {
  if (type === 'table') {
    const width = Number(content.table_width);
    if (!Number.isInteger(width) || width < 1) {
      return failedValidation([`${path}.table_width should be ≥ \`1\`, instead was \`${width}\``]);
    }
    return children.length === 0 ? invalid('A table must have at least one row.') : undefined;
  }
  const least = type === 'column_list' ? 2 : type === 'column' ? 1 : 0;
  return children.length < least
    ? failedValidation([
        `${path}.children.length should be ≥ \`${least}\`, instead was \`${children.length}\``,
      ])
    : undefined;
}
