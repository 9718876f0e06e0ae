/** What was typed in a popup that went away. It lies in `storage.session`, one for each tab, and
 * for each save that is changed. */
import * as z from 'zod/mini';
import { PropertyValue } from '../core/database/value.ts';
import type { Draft } from './client.ts';

const text = z.string();

const DraftForm = z.object({
  url: z.optional(text),
  fields: z.object({
    url: text,
    title: text,
    description: text,
    tags: z.array(text),
    tagInput: text,
    values: z.optional(z.array(PropertyValue)),
    given: z.optional(z.record(text, z.unknown())),
    template: z.optional(text),
    icon: z.optional(text),
    cover: z.optional(text),
  }),
  destinationId: z.nullable(text),
});

/** @returns null for one that is not there or cannot be read */
export function readDraft(raw: unknown): Draft | null {
  const { success, data } = z.safeParse(DraftForm, raw);
  return success ? data : null;
}
