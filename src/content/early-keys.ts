/** Keys that are pressed while what they are meant for is still being made ready. */
import { shortcutOf } from '../core/keys.ts';
import { hear } from './hear.ts';
import { nativeGet } from './native.ts';
import { isTypedInto } from './page-focus.ts';

export type EarlyKeys = {
  /** Nothing is kept from the page any more. @returns what was, in its order */
  end(): KeyboardEvent[];
};

/**
 * Keeps from the page whatever is pressed in it that could be one of the toast's letters, and what comes after that. While
 * the page is typed into, every key is the page's. Listeners that the page had in its window before hear the keys all the
 * same.
 */
export function catchEarlyKeys(page: Document): EarlyKeys {
  const caught: KeyboardEvent[] = [];
  const ending = new AbortController();
  const filter = (event: KeyboardEvent) => {
    const { isComposing, ctrlKey, altKey, metaKey } = event;
    if (isComposing || ctrlKey || altKey || metaKey || isTypedInto(page)) return;
    // The first is a letter or a digit: all else has an effect of its own, which nobody could give back.
    if (caught.length === 0 && (event.type === 'keyup' || shortcutOf(event) === null)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === 'keydown') caught.push(event);
  };
  const view = nativeGet(page, 'defaultView');
  for (const type of ['keydown', 'keyup']) {
    if (view) hear(view, type, filter, { capture: true, signal: ending.signal });
  }
  return {
    end() {
      ending.abort();
      return caught.splice(0);
    },
  };
}

/** Does to the field that has the focus, if one has, what the browser would have done at such a key. */
export function typeAgain(target: Element, { key, ctrlKey, altKey, metaKey }: KeyboardEvent): void {
  if (target.localName !== 'input' || ctrlKey || altKey || metaKey) return;
  if ([...key].length === 1) target.ownerDocument.execCommand('insertText', false, key);
  else if (key === 'Backspace') target.ownerDocument.execCommand('delete');
}
