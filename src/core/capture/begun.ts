/** What a save began with, so that another beginning can take its place and all that was said since stays. */
import * as z from 'zod/mini';
import { PropertyValue } from '../database/value.ts';
import { isSame } from '../same.ts';
import { addTags } from '../tags/rules.ts';
import { type Capture, PageFacts } from './capture.ts';

/** What the settings alone put into a save. */
const Starts = z.object({
  tags: z.array(z.string()),
  values: z.array(PropertyValue),
  icon: z.optional(z.string()),
  cover: z.optional(z.string()),
  template: z.optional(z.string()),
});
export type Starts = z.infer<typeof Starts>;

/** `facts`: what was read of the page; null where what was saved is not the page itself but something in it. */
export const Begun = z.object({ facts: z.nullable(PageFacts), starts: Starts });
export type Begun = z.infer<typeof Begun>;

/** Of a save whose beginning nobody knows any more, all counts as said by the user. */
export const NOTHING_BEGUN: Begun = { facts: null, starts: { tags: [], values: [] } };

/**
 * The same save with another beginning: address, title and description are those of what was saved, and so is whatever does
 * not come from the earlier beginning.
 * @param carry the values as the properties of the database that it now goes to
 */
export function begunAnew(
  capture: Capture,
  before: Starts,
  next: Starts,
  carry: (values: readonly PropertyValue[]) => PropertyValue[],
): Capture {
  const { template: _, icon, cover, ...rest } = capture;
  const saidTags = capture.tags.filter((tag) => !before.tags.includes(tag));
  const said = (capture.values ?? []).filter((value) => !before.values.some((one) => isSame(one, value)));
  const kept = carry(said).filter(({ id }) => !next.values.some((one) => one.id === id));
  const pictures = {
    icon: icon === before.icon ? next.icon : icon,
    cover: cover === before.cover ? next.cover : cover,
    template: next.template,
  };
  const known = Object.entries(pictures).filter(([, value]) => value !== undefined);
  return {
    ...rest,
    tags: addTags(next.tags, saidTags, []),
    values: [...kept, ...next.values],
    ...Object.fromEntries(known),
  };
}
