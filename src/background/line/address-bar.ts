/** What is typed in the address bar after the keyword: words look for saved rows, and a plus saves the tab. */

import { labelOf } from '../../core/database/label.ts';
import { printName } from '../../core/line/name.ts';
import { printLine } from '../../core/line/print.ts';
import { SIGN_OF } from '../../core/line/signs.ts';
import type { SavedRow } from '../../core/saved-rows/record.ts';
import { isKept } from '../../core/saved-rows/status.ts';
import { oneLine } from '../../core/text/visible.ts';
import type { Ports, Suggestion } from '../../ports.ts';
import type { Choosing } from '../databases/choosing.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { RowFinder } from '../saved/find-row.ts';
import type { RowIndex } from '../saved/row-index.ts';
import type { Records } from '../store/records.ts';
import type { LineOffering } from './line-offers.ts';
import type { Lines } from './lines.ts';

/** So many rows or names are offered. */
const OFFERED = 6;

/** The line of a saving, or null for words to look for. */
export const lineIn = (typed: string): string | null => /^\s*\+\s*(.*)$/s.exec(typed)?.[1] ?? null;

export function createAddressBar(
  { text, keepAwake }: Pick<Ports, 'text' | 'keepAwake'>,
  records: Records,
  choosing: Pick<Choosing, 'chosen'>,
  index: RowIndex,
  rowFinder: Pick<RowFinder, 'lookAt'>,
  lines: Lines,
  offerInLine: LineOffering,
) {
  /** What was offered last, by address. A cache: without it, a row that is gone is offered until all are read anew. */
  let offered = new Map<string, SavedRow>();

  /** A row that is opened is looked at, so that it is not offered again when it is gone. */
  async function opened(row: SavedRow | undefined): Promise<void> {
    const destination = row && (await knownDestination(records, row.dataSourceId));
    if (row && destination) await rowFinder.lookAt(destination, row.id);
  }

  async function found(typed: string, limit: number): Promise<SavedRow[]> {
    const words = typed.trim();
    if (words === '') return [];
    const rows = await index.search(words, limit);
    return rows.ok ? rows.value : [];
  }

  /** What would be saved, in words. */
  async function preview(line: string): Promise<string> {
    const { place, tags, status, preset, note, problems } = await lines(line, await choosing.chosen());
    const what = printLine({ tags, database: null, status, preset: preset?.name ?? null, note });
    const where = text('toast_to', place || text('popup_choose_database'));
    const unknown = problems.map(({ typed }) => typed).join(', ');
    return [text('address_bar_save'), where, what, unknown === '' ? '' : text('address_bar_unknown', unknown)]
      .filter((part) => part !== '')
      .join('  ');
  }

  /** The line with each of the names that what it ends in can become; `before` is what stands before the line. */
  async function completions(line: string, before: string): Promise<Suggestion[]> {
    const destinationId = await choosing.chosen();
    const saving = { page: { url: '', title: '' }, tags: [], destinationId, limit: OFFERED };
    const { offers } = await offerInLine(line, line.length, saving);
    const asTyped = line.trim().toLowerCase();
    const others = offers.filter(
      ({ id, completed }) => id !== null && completed.text.trim().toLowerCase() !== asTyped,
    );
    return Promise.all(
      others.map(async ({ kind, name, completed }) => ({
        content: before + completed.text,
        title: SIGN_OF[kind] + printName(name, kind),
        detail: await preview(completed.text),
        address: '',
      })),
    );
  }

  return {
    /** What is offered for what is typed; the first is for Enter alone. */
    async suggest(typed: string): Promise<{ first: string; others: Suggestion[] }> {
      const line = lineIn(typed);
      if (line !== null) {
        const before = typed.slice(0, typed.length - line.length);
        const [first, others] = await Promise.all([preview(line), completions(line, before)]);
        return { first, others };
      }
      const isOn = Object.values((await records.get('rowIndexes')) ?? {}).some(isKept);
      if (!isOn) return { first: text('address_bar_off'), others: [] };
      const rows = await found(typed, OFFERED);
      offered = new Map(rows.map((row) => [row.url, row]));
      const [best, ...others] = rows.map(({ url, title, tags, address }) => ({
        content: url,
        title: labelOf(null, oneLine(title) || address),
        detail: tags.map((tag) => `#${oneLine(tag)}`).join(' '),
        address,
      }));
      if (!best)
        return { first: text(typed.trim() === '' ? 'address_bar_hint' : 'address_bar_none'), others };
      return {
        first: [best.title, best.detail, best.address].filter((part) => part !== '').join('  '),
        others,
      };
    },

    /** The address that Enter opens; null when nothing is found. */
    async target(entered: string): Promise<string | null> {
      const isOffered = /^https:\/\/\S+$/.test(entered);
      const row = isOffered ? offered.get(entered) : (await found(entered, 1))[0];
      void keepAwake(opened(row));
      return isOffered ? entered : (row?.url ?? null);
    },
  };
}
