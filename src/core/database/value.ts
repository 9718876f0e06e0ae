/** What a property is to hold, as the user means it. */
import * as z from 'zod/mini';

/** Independent of the property's type, which may change between typing and saving. */
export const Value = z.union([
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** Options, people, related pages or files; what has an `id` in Notion is told by it. */
  z.object({
    kind: z.literal('list'),
    items: z.array(z.object({ name: z.string(), id: z.optional(z.string()) })),
  }),
  /**
   * `2026-05-03`, or with a time of day `2026-05-03T14:30` in `timeZone` (IANA). `end` is the last day or the end of a range.
   */
  z.object({
    kind: z.literal('date'),
    start: z.string(),
    end: z.nullable(z.string()),
    timeZone: z.nullable(z.string()),
  }),
  z.object({ kind: z.literal('flag'), on: z.boolean() }),
]);
export type Value = z.infer<typeof Value>;

export type ListItem = Extract<Value, { kind: 'list' }>['items'][number];

/** What is in a list; nothing where the value is none. */
export const listItems = (value: Value): readonly ListItem[] => (value.kind === 'list' ? value.items : []);

/** A value for one property, which is known by its id; the name is for when the property is gone. */
export const PropertyValue = z.object({ id: z.string(), name: z.string(), value: Value });
export type PropertyValue = z.infer<typeof PropertyValue>;

/** Whether there is nothing in it that a property could hold. */
export function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'text':
      return value.text.trim() === '';
    case 'list':
      return value.items.length === 0;
    case 'date':
      return value.start === '';
    case 'flag':
      return !value.on;
  }
}
