/** What the user made of one capture, done to another. */
import type { Value } from '../database/value.ts';
import { isSame } from '../same.ts';
import type { Capture } from './capture.ts';

const PLAIN = ['url', 'title', 'icon', 'cover', 'template', 'at', 'origin'] as const;

/**
 * What somebody made of `from`, which came to be `to`, done to `onto`: what they did not touch stays as it is there. Done twice
 * it is the same as done once.
 * @param single ids of properties that take one option only
 */
export function withEdits(
  onto: Capture,
  from: Capture,
  to: Capture,
  single: ReadonlySet<string> = new Set(),
): Capture {
  if (isSame(onto, from)) return to;
  const edited: Record<string, unknown> = { ...onto };
  for (const field of PLAIN) {
    if (isSame(to[field], from[field])) continue;
    if (to[field] === undefined) delete edited[field];
    else edited[field] = to[field];
  }
  const values = editedValues(onto.values ?? [], from.values ?? [], to.values ?? [], single);
  return {
    ...(edited as Capture),
    description: bothTexts(onto.description, from.description, to.description),
    tags: editedItems(onto.tags, from.tags, to.tags, (tag) => tag.trim().normalize('NFC').toLowerCase()),
    ...(onto.values === undefined && values.length === 0 ? {} : { values }),
  };
}

/** Of a text that two have written, both is kept. */
function bothTexts(onto: string, from: string, to: string): string {
  if (to === from) return onto;
  if (onto === from) return to;
  // What they took away was never there, or is not all that is there.
  if (to === '' || onto.includes(to)) return onto;
  return onto === '' ? to : `${onto}\n${to}`;
}

function editedItems<T>(
  onto: readonly T[],
  from: readonly T[],
  to: readonly T[],
  keyOf: (item: T) => string,
): T[] {
  const keys = (items: readonly T[]) => new Set(items.map(keyOf));
  const [before, after, there] = [keys(from), keys(to), keys(onto)];
  // All that is there was known to them: theirs is the order as well.
  if (onto.every((item) => before.has(keyOf(item))) && onto.length === from.length) return [...to];
  return [
    ...onto.filter((item) => after.has(keyOf(item)) || !before.has(keyOf(item))),
    ...to.filter((item) => !before.has(keyOf(item)) && !there.has(keyOf(item))),
  ];
}

type Values = NonNullable<Capture['values']>;

function editedValues(onto: Values, from: Values, to: Values, single: ReadonlySet<string>): Values {
  const of = (values: Values, id: string) => values.find((one) => one.id === id);
  const kept = onto.flatMap((there): Values => {
    const [before, after] = [of(from, there.id), of(to, there.id)];
    if (isSame(before, after)) return [there];
    const merged = editedValue(there.value, before?.value, after?.value, single.has(there.id));
    return merged ? [{ ...(after ?? there), value: merged }] : [];
  });
  const added = to.filter(({ id }) => !of(onto, id) && !isSame(of(from, id), of(to, id)));
  return [...kept, ...added];
}

function editedValue(
  onto: Value,
  from: Value | undefined,
  to: Value | undefined,
  isSingle: boolean,
): Value | undefined {
  const lists = [onto, from ?? { kind: 'list', items: [] }, to ?? { kind: 'list', items: [] }] as const;
  const [there, before, after] = lists;
  if (isSingle || there.kind !== 'list' || before.kind !== 'list' || after.kind !== 'list') return to;
  const items = editedItems(there.items, before.items, after.items, ({ id, name }) => id ?? name);
  return items.length === 0 ? undefined : { kind: 'list', items };
}
