/**
 * Where the toast is typed into. Listeners in the page's window hear the keys of everything in the page before it does
 * itself, shadow trees included, but those of a frame not at all. So what takes keys stands in a frame of its own, which no
 * page can reach: frames within shadow trees are not in `window.frames`.
 */
import { create, dress, mark } from './elements.ts';
import { hear } from './hear.ts';
import { nativeGet } from './native.ts';
import { PANEL_STYLE } from './toast-panel-style.ts';

/** What is furnished, and by whom it is heard. */
export type Room = {
  document: Document;
  /** Into which everything goes. */
  body: HTMLElement;
  /** Which element within has the focus. */
  focused(): Element | null;
};

export type RoomListener = {
  /** Everything stands, and is heard. */
  begin(): void;
  /** The room is gone, or is about to go, and with it all that is in it. May be called again. */
  end(): void;
  /** @returns whether nothing is left for the browser to do */
  keydown(event: KeyboardEvent): boolean;
  input(event: InputEvent): void;
  compositionend(event: Event): void;
  paste(event: ClipboardEvent): void;
  /** Whether the focus is now within. */
  focus(isWithin: boolean): void;
};

const HEARD = ['input', 'compositionend', 'paste'] as const;
const KEPT_FROM_PAGE = ['keyup', 'keypress', 'beforeinput', 'compositionstart', 'compositionupdate'] as const;

/**
 * @param place in the closed tree of `host`, in the document
 * @param furnish fills the room: at once, or when the browser has it ready, and again when the page has moved it
 * @returns what takes it away
 */
export function openRoom(
  { page, host, tree }: { page: Document; host: HTMLElement; tree: ShadowRoot },
  place: Element,
  name: string,
  furnish: (room: Room) => RoomListener,
): () => void {
  const closing = new AbortController();
  const frame = create(page, 'iframe', 'room');
  let box: Element = frame;
  let growing: ResizeObserver | undefined;
  let listener: RoomListener | undefined;
  mark(frame, { title: name });
  // Not before: a browser may replace the empty document that is there at first. Today's have it ready at once.
  hear(frame, 'load', () => {
    // The page has moved it: what was in it is lost.
    listener?.end();
    const inside = frame.contentDocument;
    const view = frame.contentWindow as (Window & typeof globalThis) | null;
    if (inside && view) furnishFrame(inside, view);
    else furnishHere();
  });

  function furnishFrame(inside: Document, view: Window & typeof globalThis): void {
    dress(inside, view.CSSStyleSheet, PANEL_STYLE, inside);
    // What is in a page's language is said in it; these words are in the user's.
    mark(inside.documentElement, { lang: '', dir: host.dir });
    const body = create(inside, 'div', 'panel');
    inside.body.replaceChildren(body);
    growing?.disconnect();
    growing = new ResizeObserver(() => {
      frame.style.height = `${Math.ceil(body.getBoundingClientRect().height)}px`;
    });
    growing.observe(body);
    const heard = furnish({
      document: inside,
      body,
      // A document goes on naming an element when the focus is elsewhere.
      focused: () => (tree.activeElement === frame ? inside.activeElement : null),
    });
    listenTo(heard, (type, act) => hear(view, type, act, { capture: true }));
    hear(inside, 'focusin', () => heard.focus(true));
    hear(view, 'blur', () => heard.focus(false));
    begin(heard);
  }

  /**
   * A sandboxed page shares its origin with nothing, its own empty frames included. There all that is left is to listen
   * before whatever in the page begins to listen later.
   */
  function furnishHere(): void {
    const body = create(page, 'div', 'panel');
    box = create(page, 'div', 'room');
    box.append(body);
    frame.replaceWith(box);
    dress(tree, CSSStyleSheet, PANEL_STYLE, page);
    const heard = furnish({ document: page, body, focused: () => tree.activeElement });
    const view = nativeGet(page, 'defaultView');
    const hearFirst: Hearing = (type, act) => {
      const filter = (event: Event) => {
        if (event.target !== host || !body.contains(tree.activeElement)) return;
        event.stopImmediatePropagation();
        act(event as never);
      };
      if (view) hear(view, type, filter, { capture: true, signal: closing.signal });
    };
    listenTo(heard, hearFirst);
    for (const type of KEPT_FROM_PAGE) hearFirst(type, () => undefined);
    hear(body, 'focusin', () => heard.focus(true));
    hear(body, 'focusout', (event: FocusEvent) => {
      if (!body.contains(event.relatedTarget as Node | null)) heard.focus(false);
    });
    begin(heard);
  }

  function begin(heard: RoomListener): void {
    listener = heard;
    heard.begin();
  }

  place.append(frame);
  return () => {
    closing.abort();
    growing?.disconnect();
    listener?.end();
    box.remove();
  };
}

type Hearing = (type: string, act: (event: never) => void) => void;

function listenTo(listener: RoomListener, listen: Hearing): void {
  listen('keydown', (event: KeyboardEvent) => {
    if (listener.keydown(event)) event.preventDefault();
  });
  for (const type of HEARD) listen(type, (event) => listener[type](event));
}
