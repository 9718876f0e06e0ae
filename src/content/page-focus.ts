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

/** How much of a page's height Space scrolls. */
const PAGE = 0.875;

/**
 * Gives the page a key that was pressed elsewhere, as copies of its events, which browsers mark as made by a script.
 * Scrolling by arrows and the like follows the focus by itself. Characters do only in Firefox: Chromium drops one whose
 * key moved the focus to another frame; so they are typed here, for both.
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
  if ([...key].length !== 1 || ctrlKey || altKey || metaKey) return false;
  const charCode = key.codePointAt(0) ?? 0;
  if (isTaken('keypress', { charCode, keyCode: charCode, which: charCode })) return true;
  const around = nativeGet(target, 'ownerDocument');
  const view = nativeGet(page, 'defaultView');
  if (isTypedInto(page)) {
    if (around) nativeCall(around, 'execCommand', 'insertText', false, key);
  } else if (key === ' ') {
    view?.scrollBy({ top: (shiftKey ? -PAGE : PAGE) * view.innerHeight });
  }
  return true;
}
