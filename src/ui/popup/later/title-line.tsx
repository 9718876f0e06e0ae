/**
 * The one-line grammar in the title: what is typed there as `#tag`, `@database`, `!status` or `>preset` moves to where it
 * belongs with the space after it, and so is seen before it is saved. Only what is being typed is read, never a page's own
 * title. While a name is typed, those that fit are offered.
 */
import { choiceProperty, choiceValue } from '../../../core/database/choice.ts';
import { type Property, tagsProperty } from '../../../core/database/destination.ts';
import type { Value } from '../../../core/database/value.ts';
import { complete, completionAt, type LineCompletion } from '../../../core/line/complete.ts';
import { parseLine } from '../../../core/line/parse.ts';
import { resolveLine } from '../../../core/line/resolve.ts';
import { optionNames } from '../../../core/notion/encode.ts';
import { addTags } from '../../../core/tags/rules.ts';
import type { Fields, Put } from '../state.ts';
import { openTitleOffers, type TitleNames } from './title-offers.tsx';

export type TitleLine = TitleNames & {
  enter: Put<Fields>;
  /** What the form began with there; what was typed since, before this code was there, is read as well. */
  titleBefore: string;
  set(property: Property, value: Value): void;
};

const isTitle = (target: EventTarget | null): target is HTMLTextAreaElement =>
  target instanceof HTMLTextAreaElement && target.classList.contains('title');

/** How many signs two texts begin with alike. */
function startOfChange(before: string, now: string): number {
  let at = 0;
  while (at < before.length && before[at] === now[at]) at++;
  return at;
}

export function openTitleLine(form: TitleLine) {
  const { title, tags, enter, destination, databases, set } = form;
  /** Where what was typed in one go began; what stood there before is not read. */
  let typedFrom = Number.POSITIVE_INFINITY;
  const offers = openTitleOffers({ ...form, pick });

  /** Takes the name that ends at `end`, or the list of tags that does, out of the title. */
  function take(end: number): void {
    const before = title.value.slice(0, end);
    const { parts } = parseLine(before);
    const last = parts.at(-1);
    if (!last || last.kind === 'note' || last.end !== before.trimEnd().length) return;
    const first = parts.findLast((part, at) => parts[at - 1]?.end !== part.start);
    if (!first || first.kind === 'note' || first.start < typedFrom) return;
    if (!apply(before.slice(first.start))) return;
    // What is typed next is a word of its own.
    const kept = before.slice(0, first.start).replace(/\s*$/, first.start > 0 ? ' ' : '');
    enter({ title: kept + title.value.slice(end) });
    typedFrom = kept.length;
  }

  /** Whether every name in it is known, or can be made. */
  function apply(words: string): boolean {
    const tagged = destination.value ? tagsProperty(destination.value) : undefined;
    const choice = destination.value ? choiceProperty(destination.value) : undefined;
    const namesOf = (property: Property | undefined) => (property ? optionNames(property) : []);
    const meant = resolveLine(parseLine(words), {
      ...databases.named.value,
      tagOptions: namesOf(tagged),
      statusOptions: namesOf(choice),
    });
    if (meant.problems.length > 0) return false;
    enter({ tags: addTags(tags.value, meant.tags, []) });
    if (choice && meant.status !== null) set(choice, choiceValue(choice, meant.status));
    if (meant.database) databases.choose(meant.database.id);
    if (meant.preset) databases.choose(meant.preset.id);
    return true;
  }

  /** Shows the title as it is now, at once: the next key may come before the next frame. */
  function show(field: HTMLTextAreaElement, caret: number): void {
    field.value = title.value;
    field.setSelectionRange(caret, caret);
  }

  /** The name in place of what was typed, which moves to where it belongs. */
  function pick(field: HTMLTextAreaElement, typing: LineCompletion, name: string): void {
    const { text, caret } = complete(title.value, typing, name);
    enter({ title: text });
    take(caret);
    show(field, caret - (text.length - title.value.length));
  }

  /** Offers names for the one at the caret, if it was typed in this go. */
  function offer({ selectionStart, selectionEnd }: HTMLTextAreaElement): void {
    const typing = selectionStart === selectionEnd ? completionAt(title.value, selectionStart) : null;
    offers.show(typing && typing.start > typedFrom ? typing : null, selectionStart);
  }

  document.addEventListener('compositionstart', ({ target }) => {
    if (isTitle(target)) typedFrom = Math.min(typedFrom, target.selectionStart);
  });
  document.addEventListener('input', (event) => {
    const { target } = event;
    if (!(event instanceof InputEvent) || !isTitle(target)) return;
    if (!event.isComposing) read(event, target);
    offer(target);
  });

  function read({ inputType, data }: InputEvent, field: HTMLTextAreaElement): void {
    const caret = field.selectionStart;
    const typed = inputType === 'insertText' || inputType === 'insertCompositionText';
    if (!typed) {
      // Pasted, deleted or dropped: what is typed from here on counts.
      typedFrom = inputType.startsWith('delete') ? Math.min(typedFrom, caret) : caret;
      return;
    }
    typedFrom = Math.min(typedFrom, caret - (data?.length ?? 0));
    if (data !== ' ') return;
    const length = title.value.length;
    take(caret);
    if (title.value.length !== length) show(field, caret - (length - title.value.length));
  }

  /** What was typed before this code was there, as if it was typed now. */
  function catchUp(): void {
    const typed = startOfChange(form.titleBefore, title.value);
    if (typed === title.value.length) return;
    typedFrom = typed;
    const field = document.querySelector('.title');
    const [caret, length] = [isTitle(field) ? field.selectionStart : 0, title.value.length];
    for (let at = title.value.indexOf(' ', typed); at !== -1; ) {
      const before = title.value.length;
      take(at + 1);
      const next = title.value.length === before ? at + 1 : typedFrom;
      at = title.value.indexOf(' ', next);
    }
    if (!isTitle(field) || document.activeElement !== field) return;
    show(field, Math.max(0, caret - (length - title.value.length)));
    offer(field);
  }
  catchUp();

  return {
    Offers: offers.View,

    /** Takes up what stands before the caret without a space after it, for when it is saved. */
    takeRest(): void {
      const field = document.querySelector('.title');
      offers.close();
      take(isTitle(field) ? field.selectionStart : title.value.length);
    },
  };
}
