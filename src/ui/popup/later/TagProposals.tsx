import type { ReadonlySignal } from '@preact/signals-core';
import { useRef } from 'preact/hooks';
import { movedBy } from '../../../core/list-move.ts';
import { addTags } from '../../../core/tags/rules.ts';
import type { Suggestion } from '../../../core/tags/suggest/suggester.ts';
import type { Client } from '../../../protocol/client.ts';
import { tagReasons } from '../../components/tag-reasons.ts';
import type { Fields, Put, Readable } from '../state.ts';

/**
 * Tags that the user may want: Tab leads to them after the field, the arrows from one to the next, Enter takes one, and the last
 * button all. Nothing is shown where nothing is likely, and nothing is ever taken unasked.
 */
export function TagProposals({
  client: { text, direction },
  proposed,
  fields: { tags },
  enter,
}: {
  client: Client;
  proposed: ReadonlySignal<readonly Suggestion[]>;
  fields: Readable<Pick<Fields, 'tags'>>;
  enter: Put<Fields>;
}) {
  const group = useRef<HTMLFieldSetElement>(null);
  const all = proposed.value;
  if (all.length === 0) return null;

  const buttons = (): HTMLButtonElement[] => [...(group.current?.querySelectorAll('button') ?? [])];
  function take(names: readonly string[], at: number): void {
    // What was pressed goes: the focus is where the next key is meant for before it does.
    const chips = names.length === 1 ? buttons().slice(0, all.length) : [];
    (chips[at + 1] ?? chips[at - 1] ?? document.getElementById('tags'))?.focus();
    enter({ tags: addTags(tags.value, names, []) });
  }

  return (
    <fieldset
      ref={group}
      class="proposals"
      aria-label={text('proposed_tags')}
      onKeyDown={(event) => {
        const forward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
        const back = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
        if (event.key !== forward && event.key !== back) return;
        event.preventDefault();
        const those = buttons();
        const at = those.indexOf(document.activeElement as HTMLButtonElement);
        those[movedBy(at, event.key === forward ? 1 : -1, those.length)]?.focus();
      }}
    >
      {all.map(({ name, reasons }, at) => {
        const why = tagReasons(reasons, text);
        return (
          <button
            key={name}
            type="button"
            class="proposal"
            tabIndex={at === 0 ? 0 : -1}
            title={why}
            aria-description={why}
            onClick={() => take([name], at)}
          >
            <span aria-hidden="true">+ </span>
            <bdi>{name}</bdi>
          </button>
        );
      })}
      {all.length > 1 ? (
        <button
          type="button"
          class="proposal all"
          tabIndex={-1}
          onClick={() =>
            take(
              all.map(({ name }) => name),
              0,
            )
          }
        >
          {text('proposed_all')}
        </button>
      ) : null}
    </fieldset>
  );
}
