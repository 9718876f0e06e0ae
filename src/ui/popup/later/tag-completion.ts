/** Completing tags in the order in which they are likely on this page, with those that are chosen already; and proposing some. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { type Destination, tagsProperty } from '../../../core/database/destination.ts';
import { completeTags } from '../../../core/tags/complete.ts';
import type { Likelihoods } from '../../../core/tags/likelihoods.ts';
import { Suggester, type Suggestion } from '../../../core/tags/suggest/suggester.ts';
import type { Client } from '../../../protocol/client.ts';
import { readable } from '../../../protocol/stored-form.ts';
import type { Complete } from '../../components/TagField.tsx';
import type { Fields, Readable } from '../state.ts';

export function openTagCompletion({
  client,
  destination,
  fields,
}: {
  client: Client;
  destination: ReadonlySignal<Destination | null>;
  fields: Readable<Fields>;
}) {
  /** What is learned of the database that is chosen. */
  const learned = signal<{ id: string; suggester: Suggester } | null>(null);
  effect(() => {
    const { id } = destination.value ?? {};
    if (id !== undefined && learned.peek()?.id !== id) void read(id);
  });

  async function read(id: string): Promise<void> {
    const [{ settings }, more] = await Promise.all([client.read('settings'), client.more()]);
    if (readable(settings)?.proposesTags === false) return;
    const found = await more.readLearned(id);
    if (destination.peek()?.id === id) learned.value = { id, suggester: new Suggester(found ?? undefined) };
  }

  /** Of the page as it is by now: what is typed in its fields later changes nothing. */
  const known = computed(() => {
    const one = learned.value;
    const options = destination.value && tagsProperty(destination.value)?.options;
    if (!one || one.id !== destination.value?.id || !options) return null;
    const page = { url: fields.url.value, title: fields.title.value, description: fields.description.value };
    return { suggester: one.suggester, page, options };
  });
  const likelihoods = computed((): Likelihoods | undefined => {
    const what = known.value;
    return what?.suggester.likelihoods(what.page, fields.tags.value, what.options);
  });
  const proposed = computed((): Suggestion[] => {
    const what = known.value;
    return what ? what.suggester.propose(what.page, fields.tags.value, what.options) : [];
  });
  const complete: Complete = (typed, options, chosen, limit) =>
    completeTags(typed, options, chosen, limit, likelihoods.value);
  return { likelihoods, proposed, complete };
}
