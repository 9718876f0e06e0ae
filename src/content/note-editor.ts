/** One line of text; Enter keeps it. Names that are typed behind their signs, `#tag` for one, are completed from a list. */
import { SIGNS } from '../core/line/signs.ts';
import type { LineOffer, LineOffers } from '../protocol/toast.ts';
import { createField, createLatest, type Editor, type EditorWays } from './editor.ts';
import { create } from './elements.ts';
import { createOfferList } from './offer-list.ts';

/** Without any of them there is nothing to complete. */
const ANY_SIGN = new RegExp(`[${SIGNS}]`, 'u');

export function createNoteEditor({ page, actions, labels, ask, keep, close, say }: EditorWays): Editor {
  const element = create(page, 'div', 'field');
  const input = createField(page, labels.note);
  const list = createOfferList(page, input, labels.noteList, take);
  input.spellcheck = true;
  input.value = actions.note;
  element.append(input, list.element);
  list.close();

  let offered: readonly LineOffer[] = [];

  const latest = createLatest<LineOffers>(({ offers, likeliest }) => {
    offered = offers;
    list.show(
      offered.map(({ name, color, isNew }) => ({
        name,
        ...(color !== null || isNew ? { color: color ?? 'default' } : {}),
        ...(isNew ? { before: labels.create } : {}),
      })),
      likeliest,
    );
    if (offered.length > 0) say(labels.found.replace('%s', () => String(offered.length)));
  });

  function suggest(): void {
    const { value: line, selectionStart, selectionEnd } = input;
    const caret = selectionStart ?? line.length;
    if (caret !== selectionEnd || !ANY_SIGN.test(line.slice(0, caret))) {
      hide();
      return;
    }
    latest.ask(
      ask({ type: 'toast-complete-line', line, caret }).then(
        (answer) => answer ?? { offers: [], likeliest: -1 },
      ),
    );
  }
  function hide(): void {
    latest.drop();
    offered = [];
    list.close();
  }

  function take(index: number): void {
    const offer = offered[index];
    // Clicked while what is offered for a later word is still to come.
    if (!offer || latest.awaited()) return;
    hide();
    input.value = offer.line;
    input.focus();
    input.setSelectionRange(offer.caret, offer.caret);
    say(offer.name);
  }

  function done(): void {
    const note = input.value.trim();
    if (note === actions.note.trim()) close();
    else keep({ note });
  }

  function move(by: 1 | -1): boolean {
    if (list.rows.length === 0) return false;
    list.move(by);
    return true;
  }

  /** Whether the key was used up. */
  const keys: Record<string, (event: KeyboardEvent) => boolean> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter({ ctrlKey, metaKey }) {
      if (list.active >= 0 && !ctrlKey && !metaKey) take(list.active);
      else done();
      return true;
    },
    Tab({ shiftKey }) {
      if (shiftKey || list.active < 0) return false;
      take(list.active);
      return true;
    },
    Escape() {
      const isOpen = list.rows.length > 0;
      hide();
      return isOpen;
    },
  };

  return {
    element,
    begin() {
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    },
    awaited({ key }) {
      const dependsOnOffers =
        key === 'Tab' ? list.active >= 0 : ['Enter', 'ArrowDown', 'ArrowUp'].includes(key);
      return dependsOnOffers ? latest.awaited() : undefined;
    },
    keydown(event) {
      // What is offered is for where the caret was.
      if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) hide();
      return keys[event.key]?.(event) ?? false;
    },
    input() {
      suggest();
    },
    done,
  };
}
