/** Completing tags in the order in which they are likely on this page, with those that are chosen already. */
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Destination } from '../../../core/database/destination.ts';
import { completeTags } from '../../../core/tags/complete.ts';
import { type Likelihoods, tagLikelihoods } from '../../../core/tags/usage.ts';
import type { TagUsage } from '../../../core/tags/usage-record.ts';
import type { Complete } from '../../components/TagField.tsx';

export function openTagCompletion({
  usage,
  destination,
  url,
  tags,
}: {
  /** How tags were used so far. */
  usage: TagUsage | null;
  destination: ReadonlySignal<Destination | null>;
  url: ReadonlySignal<string>;
  tags: ReadonlySignal<string[]>;
}) {
  const likelihoods = computed((): Likelihoods | undefined => {
    const { id } = destination.value ?? {};
    if (!usage || id === undefined) return undefined;
    return tagLikelihoods(usage, { url: url.peek(), tags: tags.value, at: Date.now(), destinationId: id });
  });
  const complete: Complete = (typed, options, chosen, limit) =>
    completeTags(typed, options, chosen, limit, likelihoods.value);
  return { likelihoods, complete };
}
