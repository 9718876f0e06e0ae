/** A few words at the edge of a page that the page can neither restyle nor take part in, gone by themselves. */
import { EXPECTED } from '../protocol/expected-toast.ts';
import type { ToastContent, ToastLabels } from '../protocol/toast.ts';
import { catchEarlyKeys, type EarlyKeys } from './early-keys.ts';
import { create, createDrawing, dress, mark, type Shape } from './elements.ts';
import { hear } from './hear.ts';
import { nativeCall, nativeGet, nativeQuery } from './native.ts';
import { createFocusReturn, type FocusReturn, isTypedInto, passKeyOn } from './page-focus.ts';
import { type Ask, createPanel, type Panel } from './toast-panel.ts';
import { openRoom } from './toast-room.ts';
import { TOAST_STYLE } from './toast-style.ts';

/** What is shown: plain text in the user's language, and the direction that language is written in. */
export type ShownToast = ToastContent & { direction: 'ltr' | 'rtl'; labels: ToastLabels };

const SHOWN: Record<ShownToast['tone'], number> = { neutral: 4_000, done: 4_000, 'needs-you': 8_000 };
/** Longer, where there is something to choose from. */
const FOR_CHOOSING = 2_500;
/** What is left at least after the pointer has gone, or after coming back to the tab. */
const AFTER_HOLD = 1_500;
const MOST_AT_ONCE = 3;
/** Assistive technology tells only of what changes in a region that it knows already. */
const BEFORE_WORDS = 60;
/** A tab that is not to be seen paints nothing. */
const LONGEST_FRAME = 100;

type Card = {
  element: HTMLElement;
  show(message: ShownToast, ask: Ask): void;
  close(): void;
  isEditing(): boolean;
};
type Stage = {
  page: Document;
  host: HTMLElement;
  tree: ShadowRoot;
  stack: HTMLElement;
  focus: FocusReturn;
  end(): void;
};

/** @returns what shows a message in `page`; while nothing is shown, the page holds nothing of it. */
export function createToaster(page: Document): (message: ShownToast, ask: Ask) => void {
  const cards = new Map<string, Card>();
  let stage: Stage | undefined;

  function tidy(): void {
    if (!stage || stage.stack.hasChildNodes()) return;
    stage.end();
    stage = undefined;
  }

  function addCard(to: Stage): Card {
    const closing = () => {
      for (const [id, one] of cards) if (one === card) cards.delete(id);
    };
    const card = createCard(to, closing, tidy);
    to.stack.prepend(card.element);
    enter(card.element);
    return card;
  }

  return (message, ask) => {
    const root = nativeGet(page, 'documentElement');
    // What stands already tells soon enough.
    if (!root || (message.id === EXPECTED && cards.size > 0)) return;
    stage ??= createStage(page);
    const { host, stack, tree } = stage;
    host.dir = stack.dir = message.direction;
    // Moving it, or taking it out of the top layer, would take the focus from what is being used in it.
    const isUsed = tree.activeElement !== null || [...cards.values()].some((card) => card.isEditing());
    if (!host.isConnected || !isUsed) {
      const places = host.isConnected && !message.actions ? [] : [...modalElements(page), root];
      raise(host, message.actions ? places : places.slice(-1));
    }
    const card = cards.get(message.id) ?? cards.get(EXPECTED) ?? addCard(stage);
    cards.delete(EXPECTED);
    cards.set(message.id, card);
    card.show(message, ask);
    const [oldest] = cards.values();
    if (cards.size > MOST_AT_ONCE) oldest?.close();
  };
}

/**
 * What else is open in the top layer and, in one browser or both, keeps whatever is outside of it from having the focus
 * and from being pointed at: modal dialogs, the last one first, and what is shown full screen.
 */
function modalElements(page: Document): Element[] {
  const dialogs = Array.from(nativeQuery(page, 'querySelectorAll', 'dialog:modal')).reverse();
  const fullScreen = nativeGet(page, 'fullscreenElement');
  return fullScreen ? [...dialogs, fullScreen] : dialogs;
}

/** One element on the root, so that it stands in documents without a body, and a closed tree in it. */
function createStage(page: Document): Stage {
  const host = create(page, 'div');
  const tree = host.attachShadow({ mode: 'closed' });
  const ending = new AbortController();
  dress(tree, CSSStyleSheet, TOAST_STYLE, page);
  const stack = create(page, 'div', 'stack');
  tree.append(stack);
  host.popover = 'manual';
  // The words are in the user's language and not in the page's.
  host.lang = '';
  for (const type of ['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'keydown', 'keyup']) {
    // Pages close their menus on clicks anywhere else.
    hear(host, type, (event) => event.stopPropagation());
  }
  // A click on the toast leaves the focus and the selection where they are.
  hear(stack, 'mousedown', (event) => {
    if (!(event.target as Element).closest('.panel')) event.preventDefault();
  });
  return {
    page,
    host,
    tree,
    stack,
    focus: createFocusReturn(page, host, ending.signal),
    end() {
      ending.abort();
      host.remove();
    },
  };
}

/**
 * To the top of the top layer, over a dialog or a full-screen video that came later.
 * @param places to stand in: the first in which it can be seen, which it cannot in a video; none: where it is
 */
function raise(host: HTMLElement, places: readonly Element[]): void {
  const last = places.at(-1);
  for (const place of places.length > 0 ? places : [null]) {
    if (place && host.parentNode !== place) nativeCall(place, 'append', host);
    try {
      host.hidePopover();
      host.showPopover();
    } catch {
      // It still stands at the edge of the page, over whatever is not in the top layer.
    }
    // To look costs a layout of the page.
    if (place === last || host.getClientRects().length > 0) return;
  }
}

/** @param closing is told when it begins to leave, `gone` when it has left */
function createCard(stage: Stage, closing: () => void, gone: () => void): Card {
  const { page } = stage;
  const element = create(page, 'div', 'card');
  const words = create(page, 'div', 'words');
  const title = create(page, 'div', 'title');
  const detail = create(page, 'div', 'detail');
  const dismiss = create(page, 'button', 'dismiss');
  // What is seen is there at once; what is heard comes into a region of its own when that is known.
  const status = create(page, 'div', 'status');
  const heard = [create(page, 'div'), create(page, 'div')] as const;
  mark(words, { 'aria-hidden': true });
  mark(status, { role: 'status', 'aria-atomic': true });
  words.append(title, detail);
  status.append(...heard);
  /** Where the panel will stand. */
  const keeping = create(page, 'div', 'room keeping');
  dismiss.setAttribute('type', 'button');
  dismiss.append(createDrawing(page, 10, CROSS));
  const sign = createDrawing(page, 24, MARK);
  sign.setAttribute('class', 'mark');
  element.append(sign, words, status, dismiss);

  const countdown = createCountdown(page, element, close);
  let speaking: ReturnType<typeof setTimeout> | undefined;
  let shown: ShownToast | undefined;
  let ask: Ask = async () => undefined;
  let panel: Panel | undefined;
  let closeRoom: (() => void) | undefined;
  let isAwaitingFocus = false;
  /** While the focus is awaited. */
  let earlyKeys: EarlyKeys | undefined;
  /** The focus was asked for while the page was typed into. */
  let wasRefused = false;

  function close(): void {
    countdown.end();
    clearTimeout(speaking);
    earlyKeys?.end();
    closing();
    leavePanel();
    leave(element).then(() => {
      closeRoom?.();
      element.remove();
      gone();
    });
  }
  function leavePanel(): void {
    if (stage.tree.activeElement && element.contains(stage.tree.activeElement)) stage.focus.giveBack();
  }
  hear(dismiss, 'click', close);
  hear(dismiss, 'focus', () => countdown.hold('dismiss', true));
  hear(dismiss, 'blur', () => countdown.hold('dismiss', false));

  /** After the words are on the screen: a frame takes longer than all else. */
  function openPanel(name: string): void {
    keepRoom();
    // A page without an origin has no frame to wait for, and may begin to listen at any moment.
    if (nativeGet(page, 'defaultView')?.origin === 'null') {
      keeping.remove();
      furnishRoom(name);
      return;
    }
    const dropPainted = afterPaint(() => {
      keeping.remove();
      furnishRoom(name);
    });
    closeRoom = dropPainted;
  }
  function keepRoom(): void {
    element.classList.add('wide');
    element.append(keeping);
  }
  function furnishRoom(name: string): void {
    closeRoom = openRoom(stage, element, name, (room) => {
      panel = createPanel(room, {
        begin() {
          if (shown) showActions(shown);
        },
        get saveId() {
          return shown?.id ?? EXPECTED;
        },
        ask: (message) => ask(message),
        hold: countdown.hold,
        remember: stage.focus.remember,
        giveBack: stage.focus.giveBack,
        passOn: (event) => passKeyOn(page, event),
        listening: (isListening) => element.classList.toggle('listening', isListening),
        edited() {
          if (shown && !shown.actions) showActions(shown);
        },
      });
      return panel;
    });
  }

  function showActions({ actions, labels }: ShownToast): void {
    if (!actions) {
      if (panel?.isEditing()) return;
      earlyKeys?.end();
      leavePanel();
      closeRoom?.();
      keeping.remove();
      closeRoom = panel = earlyKeys = undefined;
      element.classList.remove('wide', 'listening');
      return;
    }
    panel?.show(actions, labels);
    if (panel && isAwaitingFocus) {
      isAwaitingFocus = false;
      panel.takeFocus();
      for (const event of earlyKeys?.end() ?? []) panel.press(event);
      earlyKeys = undefined;
    }
  }

  return {
    element,
    close,
    isEditing: () => panel?.isEditing() === true,
    show(message, asking) {
      const say = () => {
        heard[0].textContent = message.title;
        heard[1].textContent = message.detail;
      };
      title.textContent = message.title;
      detail.textContent = message.detail;
      shown = message;
      ask = asking;
      element.dataset.tone = message.tone;
      dismiss.setAttribute('aria-label', message.labels.dismiss);
      clearTimeout(speaking);
      if (heard[0].textContent !== '') say();
      else if (message.id !== EXPECTED) speaking = setTimeout(say, BEFORE_WORDS);
      countdown.restart(SHOWN[message.tone] + (message.actions ? FOR_CHOOSING : 0));
      if (message.actions?.takeFocus) {
        isAwaitingFocus = wasRefused || !isTypedInto(page);
        wasRefused = !isAwaitingFocus;
        if (isAwaitingFocus && !panel) earlyKeys ??= catchEarlyKeys(page);
      }
      // What can be done comes with what it tells of.
      if (message.id === EXPECTED) keepRoom();
      else if (message.actions && !closeRoom) openPanel(message.labels.actions);
      else showActions(message);
    },
  };
}

/** Calls `done` once `element` was to be seen that long, not counting while it is pointed at, hidden, or held. */
function createCountdown(page: Document, element: HTMLElement, done: () => void) {
  const listening = new AbortController();
  const { signal } = listening;
  const holds = new Set<string>();
  let left = 0;
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pause(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    left -= performance.now() - since;
  }
  function run(): void {
    pause();
    if (holds.size > 0) return;
    since = performance.now();
    timer = setTimeout(done, left);
  }
  function hold(why: string, on: boolean): void {
    if (signal.aborted || on === holds.has(why)) return;
    if (on) holds.add(why);
    else holds.delete(why);
    pause();
    left = Math.max(left, AFTER_HOLD);
    run();
  }
  const followVisibility = () => hold('hidden', nativeGet(page, 'hidden') === true);

  hear(element, 'pointerenter', () => hold('pointer', true), { signal });
  hear(element, 'pointerleave', () => hold('pointer', false), { signal });
  hear(page, 'visibilitychange', followVisibility, { signal });
  if (nativeGet(page, 'hidden')) holds.add('hidden');

  return {
    hold,
    restart(milliseconds: number): void {
      pause();
      left = milliseconds;
      run();
    },
    end(): void {
      pause();
      listening.abort();
    },
  };
}

/** Can be read from the first frame on. By script, so that no rule of the page and no change of the top layer starts it anew. */
function enter(element: HTMLElement): void {
  element.animate(motion(0.7), { duration: 180, easing: 'ease-out' });
}

async function leave(element: HTMLElement): Promise<void> {
  const fade = element.animate(motion(0), {
    duration: 140,
    easing: 'ease-in',
    direction: 'reverse',
    fill: 'both',
  });
  await fade.finished.catch(() => undefined);
}

/** @param opacity that it has when it is farthest away */
function motion(opacity: number): Keyframe[] {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return [{ opacity }, { opacity: 1 }];
  return [
    { opacity, transform: 'translateY(-8px)' },
    { opacity: 1, transform: 'none' },
  ];
}

/** @returns what takes it back, if it is not done yet */
function afterPaint(act: () => void): () => void {
  const cancel = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
  // Either may come first, and the other still comes.
  const finish = () => {
    cancel();
    act();
  };
  let timer = setTimeout(finish, LONGEST_FRAME);
  // What stands when a frame begins has been painted when the next one does.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      timer = setTimeout(finish);
    });
  });
  return cancel;
}

const CROSS: Shape[] = [{ d: 'M1 1l8 8M9 1l-8 8', line: 1.4 }];
/** A row with a bookmark's ribbon in it. */
const MARK: Shape[] = [
  {
    d: 'M5.7 6h12.6a3.2 3.2 0 0 1 3.2 3.2v5.6a3.2 3.2 0 0 1-3.2 3.2H5.7a3.2 3.2 0 0 1-3.2-3.2V9.2A3.2 3.2 0 0 1 5.7 6z',
    line: 1.8,
  },
  { d: 'M14.2 6v7.2l2.4-1.9 2.4 1.9V6z' },
  { d: 'M5.8 10h5M5.8 14h4', line: 1.8 },
];
