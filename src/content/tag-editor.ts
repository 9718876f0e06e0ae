/** Tags, as an editable combobox with a list: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
import { addTags, BETWEEN_TAGS, endedTags, matchOption, splitTags, without } from '../core/tags/rules.ts';
import type { Colored, TagOffer } from '../protocol/toast.ts';
import { createField, createLatest, type Editor, type EditorWays } from './editor.ts';
import { create, createButton } from './elements.ts';
import { createOfferList } from './offer-list.ts';

export function createTagEditor({ page, actions, labels, ask, keep, close, say }: EditorWays): Editor {
  const element = create(page, 'div', 'field tags');
  const input = createField(page, labels.tags);
  const list = createOfferList(page, input, labels.tagsList, take);
  element.append(input, list.element);

  /** By name, for the colours. */
  let known: Colored[] = [...actions.tags];
  let chosen = actions.tags.map(({ name }) => name);
  let offered: readonly TagOffer[] = [];

  const latest = createLatest<TagOffer[]>((offers) => {
    offered = offers.filter(({ name }) => matchOption(name, chosen) === null);
    known = [...known, ...offered.filter(({ isNew }) => !isNew)];
    list.show(
      offered.map(({ name, color, isNew }) => ({ name, color, ...(isNew ? { before: labels.create } : {}) })),
      input.value.trim() === '' ? -1 : 0,
    );
    if (offered.length > 0) say(labels.tagsCount.replace('%s', () => String(offered.length)));
  });

  function suggest(): void {
    const typed = input.value.trim();
    latest.ask(ask({ type: 'toast-complete-tags', typed, chosen }).then((answer) => answer ?? []));
  }
  function hide(): void {
    latest.drop();
    list.close();
  }

  function set(next: string[]): void {
    const [added, removed] = [without(next, chosen), without(chosen, next)];
    chosen = next;
    if (added.length > 0) say(labels.tagAdded.replace('%s', () => added.join(', ')));
    else if (removed.length > 0) say(labels.tagRemoved.replace('%s', () => removed.join(', ')));
    showChosen();
  }
  function showChosen(): void {
    for (const chip of element.querySelectorAll(':scope > .chip')) chip.remove();
    input.before(
      ...chosen.map((name) => {
        const found = known.find((tag) => matchOption(tag.name, [name]) !== null);
        const chip = create(page, 'span', `chip ${found?.color ?? 'default'}`);
        const word = create(page, 'span');
        word.textContent = name;
        word.dir = 'auto';
        const remove = createButton(page, 'remove', ['×'], () => {
          set(chosen.filter((other) => other !== name));
          input.focus();
        });
        remove.setAttribute(
          'aria-label',
          labels.tagRemove.replace('%s', () => name),
        );
        chip.append(word, remove);
        return chip;
      }),
    );
  }

  /** In the spelling of the database where it is known. */
  function add(names: readonly string[]): void {
    set(addTags(chosen, names, known));
    input.value = '';
    hide();
  }
  const addTyped = (): void => add(splitTags(input.value));
  function take(index: number): void {
    const offer = offered[index];
    if (!offer) return;
    if (!chosen.includes(offer.name)) set([...chosen, offer.name]);
    input.value = '';
    hide();
    input.focus();
  }

  function split(): void {
    const ended = endedTags(input.value);
    if (!ended) return;
    const [names, rest] = ended;
    add(names);
    input.value = rest;
  }

  function enter(): undefined {
    if (list.active >= 0) take(list.active);
    else if (input.value.trim() !== '') addTyped();
    else done();
  }
  function done(): void {
    addTyped();
    const isSame =
      chosen.length === actions.tags.length && actions.tags.every(({ name }, at) => name === chosen[at]);
    if (isSame) close();
    else keep({ tags: chosen });
  }

  function move(by: 1 | -1): undefined {
    if (list.rows.length === 0) suggest();
    else list.move(by);
  }

  /** Whether the key was used up, unless nothing else is said. */
  const keys: Record<string, () => boolean | undefined> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => enter(),
    Escape() {
      const isOpen = list.rows.length > 0;
      hide();
      return isOpen;
    },
    Backspace() {
      if (input.value !== '' || chosen.length === 0) return false;
      set(chosen.slice(0, -1));
      return true;
    },
  };

  showChosen();
  return {
    element,
    begin() {
      input.focus();
      suggest();
    },
    awaited({ key }) {
      const dependsOnOffers = key === 'Enter' ? input.value.trim() !== '' : key.startsWith('Arrow');
      return dependsOnOffers ? latest.awaited() : undefined;
    },
    keydown(event) {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        done();
        return true;
      }
      const act = keys[event.key];
      return act !== undefined && act() !== false;
    },
    input(event) {
      if (!(event as InputEvent).isComposing) split();
      suggest();
    },
    paste(event) {
      const pasted = event.clipboardData?.getData('text') ?? '';
      if (!BETWEEN_TAGS.test(pasted)) return;
      event.preventDefault();
      add(splitTags(`${input.value}${pasted}`));
    },
    done,
  };
}
