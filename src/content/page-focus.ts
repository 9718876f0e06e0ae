/** Where the page has its focus, and giving it back. */
import { hear } from './hear.ts';
import { nativeCall, nativeGet } from './native.ts';

const EMBEDDED = ['iframe', 'frame', 'object', 'embed'];
const BUTTONS = ['button', 'submit', 'reset', 'image'];
const TYPED_ROLES = ['textbox', 'searchbox', 'combobox', 'spinbutton'];

/** What has the focus, looked for through open shadow trees and frames of the same origin. */
function focusedElement(page: Document): Element | null {
  let element = nativeGet(page, 'activeElement') ?? null;
  for (let inner = element; inner; inner = element && innerFocus(element)) element = inner;
  return element;
}

function innerFocus(element: Element): Element | null {
  const tree = nativeGet(element, 'shadowRoot');
  if (tree) return nativeGet(tree, 'activeElement') ?? null;
  const inside = nativeGet(element as HTMLIFrameElement, 'contentDocument');
  return (inside && nativeGet(inside, 'activeElement')) ?? null;
}

/** Whether a key that is pressed now may be meant for something that is typed into. In doubt, it is. */
export function isTypedInto(page: Document): boolean {
  const element = focusedElement(page);
  if (!element) return false;
  const name = nativeGet(element, 'localName') ?? '';
  if (EMBEDDED.includes(name) || name === 'textarea' || name === 'select') return true;
  if (name === 'input') return !BUTTONS.includes(nativeGet(element as HTMLInputElement, 'type') ?? '');
  if (nativeGet(element as HTMLElement, 'isContentEditable')) return true;
  const around = nativeGet(element, 'ownerDocument');
  if (around && nativeGet(around, 'designMode') === 'on') return true;
  if (TYPED_ROLES.includes(nativeCall(element, 'getAttribute', 'role') ?? '')) return true;
  // It cannot have the focus itself, so something in its closed tree has.
  const isFocusable = nativeGet(element as HTMLElement, 'tabIndex') !== -1;
  return name.includes('-') && !isFocusable && !nativeCall(element, 'hasAttribute', 'tabindex');
}

export type FocusReturn = {
  /** To be called while the page still has the focus. */
  remember(): void;
  giveBack(): void;
};

/** Remembers what in the page had the focus before `host` got it. */
export function createFocusReturn(page: Document, host: Element, signal: AbortSignal): FocusReturn {
  let last: Element | null = null;
  const isInside = () => nativeGet(page, 'activeElement') === host;
  const remember = () => {
    if (!isInside()) last = focusedElement(page);
  };
  // For whatever way leads into the toast: the element that has just lost the focus is the one to return to.
  const follow = (event: Event) => {
    const from = event.composedPath()[0];
    if (from !== host && from instanceof Element) last = from;
  };
  hear(page, 'focusout', follow, { capture: true, signal });
  return {
    remember,
    giveBack() {
      if (!isInside()) return;
      if (last && nativeGet(last, 'isConnected'))
        nativeCall(last as HTMLElement, 'focus', { preventScroll: true });
      last = null;
      if (!isInside()) return;
      // Nothing had it: it goes to the page as a whole.
      nativeGet(page, 'defaultView')?.focus();
      nativeCall(host as HTMLElement, 'blur');
    },
  };
}

/** How much of what is seen at once these keys scroll by. */
const PAGE = 0.875;
/** Pixels that an arrow scrolls by. */
const LINE = 40;
/** Farther than any page is long, in pixels. */
const TO_THE_END = 1e9;

/** What keys scroll by, in pixels, from how high that is what is scrolled. */
const SCROLLED: Record<string, (height: number) => number> = {
  ' ': (height) => PAGE * height,
  PageDown: (height) => PAGE * height,
  PageUp: (height) => -PAGE * height,
  ArrowDown: () => LINE,
  ArrowUp: () => -LINE,
  End: () => TO_THE_END,
  Home: () => -TO_THE_END,
};

/**
 * Gives the page a key that was pressed elsewhere, as copies of its events, which browsers mark as made by a script, and
 * does with it what browsers do. They would do it themselves for some keys, but Chromium drops a character whose key moved
 * the focus to another frame, and now and then what should scroll.
 * @returns whether nothing is left for the browser to do
 */
export function passKeyOn(page: Document, event: KeyboardEvent): boolean {
  const target = focusedElement(page) ?? nativeGet(page, 'documentElement');
  if (!target) return false;
  const { key, code, location, ctrlKey, shiftKey, altKey, metaKey, repeat, keyCode } = event;
  const isTaken = (type: string, number: object) => {
    const copy = new KeyboardEvent(type, {
      ...{ key, code, location, ctrlKey, shiftKey, altKey, metaKey, repeat, ...number },
      ...{ bubbles: true, cancelable: true, composed: true },
    });
    return !nativeCall(target, 'dispatchEvent', copy);
  };
  if (isTaken('keydown', { keyCode, which: keyCode })) return true;
  if (ctrlKey || altKey || metaKey) return false;
  const isCharacter = [...key].length === 1;
  if (!isCharacter) return !shiftKey && !isUsedByKeys(page, target) && scroll(page, target, key, 1);
  const charCode = key.codePointAt(0) ?? 0;
  if (isTaken('keypress', { charCode, keyCode: charCode, which: charCode })) return true;
  if (isTypedInto(page)) {
    const around = nativeGet(target, 'ownerDocument');
    if (around) nativeCall(around, 'execCommand', 'insertText', false, key);
  } else {
    scroll(page, target, key, shiftKey ? -1 : 1);
  }
  return true;
}

/** Whether keys that are not characters mean something of its own to what has the focus. */
function isUsedByKeys(page: Document, target: Element): boolean {
  return isTypedInto(page) || ['video', 'audio'].includes(nativeGet(target, 'localName') ?? '');
}

/** @returns whether the key is one that scrolls */
function scroll(page: Document, from: Element, key: string, direction: 1 | -1): boolean {
  const by = SCROLLED[key];
  if (!by) return false;
  const around = nativeGet(from, 'ownerDocument') ?? page;
  const view = nativeGet(around, 'defaultView');
  const behavior = 'instant';
  for (let at: Element | null = from; at; at = nativeGet(at, 'parentElement') ?? null) {
    const [whole, seen] = [nativeGet(at, 'scrollHeight') ?? 0, nativeGet(at, 'clientHeight') ?? 0];
    const style = whole > seen ? view?.getComputedStyle(at).overflowY : undefined;
    if (at === nativeGet(around, 'body') || !style || !/auto|scroll/.test(style)) continue;
    const before = nativeGet(at, 'scrollTop');
    nativeCall(at, 'scrollBy', { top: direction * by(seen), behavior });
    // At its end, what is around it is scrolled.
    if (nativeGet(at, 'scrollTop') !== before) return true;
  }
  view?.scrollBy({ top: direction * by(view.innerHeight), behavior });
  return true;
}
