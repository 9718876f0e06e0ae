/** What can be done with a save, as its toast offers it. Doing it is in `saving/toast-actions.ts`. */
import type { Capture } from '../../core/capture/capture.ts';
import { choiceProperty } from '../../core/database/choice.ts';
import { type Destination, tagsProperty } from '../../core/database/destination.ts';
import { printLine } from '../../core/line/print.ts';
import { isFixed } from '../../core/notion/given.ts';
import type { Save } from '../../core/save/record.ts';
import { isUndoable } from '../../core/save/undoable.ts';
import type { Preset } from '../../core/settings/presets.ts';
import { matchOption } from '../../core/tags/rules.ts';
import type { Colored, ToastAction, ToastActions } from '../../protocol/toast.ts';
import { knownDestination } from '../databases/known-destination.ts';
import type { Records } from '../store/records.ts';

/** What can be done with that save now; null for one that is undone. */
export async function toastOffers(
  save: Save,
  records: Records,
  takeFocus: boolean,
): Promise<ToastActions | null> {
  const { destinationId, capture, row, wanted, state } = save;
  if (wanted === 'nothing' || state === 'undone') return null;
  const [destination, catalog, presets] = await Promise.all([
    knownDestination(records, destinationId),
    records.get('catalog'),
    records.get('presets'),
  ]);
  const choice = destination ? choiceOf(destination, capture) : null;
  const offered: ToastAction[] = [
    ...(destination?.mapping.tags !== null ? (['tags'] as const) : []),
    'note',
    ...(choice ? (['choice'] as const) : []),
    ...(catalog?.entries.some(({ id }) => id !== destinationId) ? (['database'] as const) : []),
    ...(isReadable(save, presets?.presets ?? []) ? (['article'] as const) : []),
    ...(isUndoable(save) ? (['undo'] as const) : []),
    ...(row ? (['open'] as const) : []),
  ];
  return {
    offered,
    tags: capture.tags.map((name) => colored(name, tagOptions(destination))),
    note: printLine({
      tags: [],
      database: null,
      status: null,
      preset: null,
      note: shownNote(save, destination),
    }),
    choice,
    presets: (presets?.presets ?? []).flatMap(({ key, name }) => (key === null ? [] : [{ key, name }])),
    takeFocus,
  };
}

/** Whether what the page says may yet be added; the menu saves parts of pages, and what they link to. */
const isReadable = ({ page, readingUntil, capture }: Save, presets: readonly Preset[]): boolean =>
  page === undefined &&
  readingUntil === undefined &&
  capture.origin !== 'menu' &&
  // The letter may have been given to a preset before it was one of the toast.
  presets.every(({ key }) => key !== 'a');

function choiceOf(destination: Destination, { values = [] }: Capture): ToastActions['choice'] {
  const property = choiceProperty(destination);
  if (!property?.options) return null;
  const value = values.find(({ id }) => id === property.id)?.value;
  const chosen = value?.kind === 'text' ? value.text : value?.kind === 'list' ? value.items[0]?.name : '';
  return {
    property: property.name,
    options: property.options.map(({ name, color }) => ({ name, color })),
    chosen: chosen || null,
  };
}

/** The note as it can be changed; what cannot go back whole is added to. */
export function shownNote(
  { capture: { description, given } }: Save,
  destination: Destination | null,
): string {
  const property = destination?.properties.find(({ id }) => id === destination.mapping.description);
  return property && isFixed(given?.[property.id], property) ? '' : description;
}

export const tagOptions = (destination: Destination | null) =>
  (destination && tagsProperty(destination)?.options) ?? [];

function colored(name: string, options: readonly Colored[]): Colored {
  const known = matchOption(
    name,
    options.map((option) => option.name),
  );
  return { name, color: options.find((option) => option.name === known)?.color ?? 'default' };
}
