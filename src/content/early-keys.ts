/** Keys that are pressed while what they are meant for is still being made ready. */
import { nativeCall, nativeGet } from './native.ts';
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
    const { type, key, isComposing, ctrlKey, altKey, metaKey } = event;
    if (isComposing || ctrlKey || altKey || metaKey || isTypedInto(page)) return;
    // The first is a letter or a digit: all else has an effect of its own, which nobody could give back.
    if (caught.length === 0 && (type === 'keyup' || [...key].length !== 1)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (type === 'keydown') caught.push(event);
  };
  const view = nativeGet(page, 'defaultView');
  for (const type of ['keydown', 'keyup']) {
    if (view) nativeCall(view, 'addEventListener', type, filter, { capture: true, signal: ending.signal });
  }
  return {
    end() {
      ending.abort();
      return caught.splice(0);
    },
  };
}

/** Has a key pressed anew in what has the focus: an event, and for a character in a field the character. */
export function pressAgain(target: Element, event: KeyboardEvent): void {
  const { key, code, location, shiftKey, repeat, keyCode } = event;
  const copy = new KeyboardEvent('keydown', {
    ...{ key, code, location, shiftKey, repeat, keyCode },
    ...{ bubbles: true, cancelable: true, composed: true },
  });
  const isFree = target.dispatchEvent(copy);
  if (isFree && [...key].length === 1 && target.localName === 'input')
    target.ownerDocument.execCommand('insertText', false, key);
}
