/** From what stands in the form to a save that is stored. */
import type { ReadonlySignal } from '@preact/signals-core';
import { isSavable } from '../../../core/address/savable.ts';
import type { Capture } from '../../../core/capture/capture.ts';
import type { Option } from '../../../core/database/destination.ts';
import { type Failure, failure } from '../../../core/failure.ts';
import type { Preset } from '../../../core/settings/presets.ts';
import { addTags, splitTags } from '../../../core/tags/rules.ts';
import { editedText } from '../../../core/text/edits.ts';
import { oneLine, visible } from '../../../core/text/visible.ts';
import type { Client } from '../../../protocol/client.ts';
import {
  type Existing,
  type Fields,
  isUnfit,
  type Problem,
  type Properties,
  type Put,
  type Readable,
  type Subject,
} from '../state.ts';

/** What stands in the form, which is put right as it would be on leaving each field, and what it is about. */
export type ToKeep = Readable<Subject> & {
  client: Client;
  fields: Readable<Fields>;
  enter: Put<Fields>;
  /** The options of the tags property. */
  options: ReadonlySignal<readonly Option[]>;
  /** When all that was typed can be read. */
  ready: Promise<unknown>;
  properties: ReadonlySignal<Properties | null>;
  isConnected: ReadonlySignal<boolean>;
  destinationId: ReadonlySignal<string | null>;
  preset: ReadonlySignal<Preset | null>;
  turnTo: Put<Subject>;
  /** What the form was filled with of that save, which may have become another since. */
  shown: () => Capture | undefined;
  existing: ReadonlySignal<Existing | null>;
  /** Shows what was in the way; null: nothing was. */
  tell(problem: Problem | null): void;
  forgetDraft(): Promise<void>;
  follow(saveId: string): Promise<void>;
};

/** An address typed without its scheme is one of the web. */
const withScheme = (typed: string): string =>
  typed === '' || /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`;

function missing({ isConnected, destinationId, fields: { url } }: ToKeep, held?: string): Failure | null {
  if (!isConnected.value) return failure('not-connected');
  if (destinationId.value === null) return failure('no-destination');
  if (url.value === '') return failure('address-missing');
  return url.value === held || isSavable(url.value).savable ? null : failure('page-not-savable');
}

/** A text of several lines as it was typed; a control shows one kind of line break. */
const editedIn = (text: string, typed: string): string =>
  editedText(text, text.replace(/\r\n?/g, '\n'), typed);

type Kept = { saveId: string } | { problem: Problem };

/** Stores the save, or says why that cannot be: what was typed is still there then, and can be kept again. */
export async function keepForm(form: ToKeep): Promise<void> {
  const kept = await tried(form);
  form.tell('problem' in kept ? kept.problem : null);
  if ('problem' in kept) return;
  await form.forgetDraft();
  await form.follow(kept.saveId);
  form.turnTo({ changing: false, row: null });
}

async function tried(form: ToKeep): Promise<Kept> {
  try {
    await form.ready;
    return await keepFields(form);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { problem: { why: failure('unexpected', { detail }), more: 'popup_not_kept' } };
  }
}

async function keepFields(form: ToKeep): Promise<Kept> {
  const { client, fields, enter, options, save, changing } = form;
  const [properties, existing, row] = [form.properties.value, form.existing.value, form.row.value];
  const open = save.value && (isUnfit(save.value) || changing.value) ? save.value : null;
  const { url, title, description, tags, typedTag } = fields;
  const isMoved = open !== null && open.destinationId !== form.destinationId.value;
  const before = open?.capture ?? row?.held;
  /** What the row holds that this is of: what nobody has changed of it stays as it is, to the last space. */
  const held = before?.given && !isMoved ? { ...before, given: before.given } : null;
  if (url.value !== held?.url) enter({ url: withScheme(url.value.trim()) });
  const why = missing(form, held?.url);
  if (why) return { problem: { why } };
  await properties?.settled();
  const destinationId = form.destinationId.value ?? '';
  enter({ tags: addTags(tags.value, splitTags(typedTag.value), options.value), typedTag: '' });
  // A change is of the same save: its date stays.
  const { at, origin } = before ?? { at: Date.now(), origin: 'popup' as const };
  const capture = {
    url: url.value,
    title: held ? editedIn(held.title, title.value) : oneLine(title.value),
    description: held ? editedIn(held.description, description.value) : visible(description.value).trim(),
    tags: tags.value,
    ...properties?.collect(),
    ...(held ? { given: held.given } : {}),
    at,
    origin,
  };
  const saveId = client.newId();
  const kept = open
    ? await client.call({ type: 'amend', saveId: open.id, capture, destinationId, from: form.shown() })
    : row
      ? await client.call({
          type: 'change-row',
          saveId,
          row: row.row,
          held: row.held,
          capture,
          destinationId,
        })
      : await client.call({
          type: 'keep',
          saveId,
          capture,
          destinationId,
          isByPreset: form.preset.value !== null,
          seek: !existing?.isSettled(destinationId),
          ...properties?.content(),
        });
  return kept.ok ? kept.value : { problem: { why: kept.failure, more: 'popup_not_kept' } };
}
