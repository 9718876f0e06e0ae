/** A few words at the edge of a page that the page can neither restyle nor take part in, gone by themselves. */
import { nativeCall, nativeGet } from './native.ts';
import { TOAST_STYLE } from './toast-style.ts';

/** What is shown: plain text in the user's language, and the direction that language is written in. */
export type ToastMessage = {
  /** Same id, same toast: a later one replaces what an earlier one said. */
  id: string;
  tone: 'neutral' | 'done' | 'needs-you';
  title: string;
  detail: string;
  direction: 'ltr' | 'rtl';
  /** Name of the button that closes it. */
  dismissLabel: string;
};

const SHOWN: Record<ToastMessage['tone'], number> = { neutral: 4_000, done: 4_000, 'needs-you': 8_000 };
/** What is left at least after the pointer has gone, or after coming back to the tab. */
const AFTER_HOLD = 1_500;
const MOST_AT_ONCE = 3;
/** Assistive technology tells only of what changes in a region that it knows already. */
const BEFORE_WORDS = 60;

const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

type Card = { element: HTMLElement; show(message: ToastMessage): void; close(): void };
type Stage = { host: HTMLElement; stack: HTMLElement };

/** @returns what shows a message in `page`; while nothing is shown, the page holds nothing of it. */
export function createToaster(page: Document): (message: ToastMessage) => void {
  const cards = new Map<string, Card>();
  let stage: Stage | undefined;

  function tidy(): void {
    if (!stage || stage.stack.hasChildNodes()) return;
    stage.host.remove();
    stage = undefined;
  }

  return (message) => {
    const root = nativeGet(page, 'documentElement');
    if (!root) return;
    stage ??= createStage(page);
    const { host, stack } = stage;
    host.dir = stack.dir = message.direction;
    if (host.parentNode !== root) root.append(host);
    raise(host);
    let card = cards.get(message.id);
    if (!card) {
      card = createCard(page, () => cards.delete(message.id), tidy);
      cards.set(message.id, card);
      stack.prepend(card.element);
      enter(card.element);
    }
    card.show(message);
    const [oldest] = cards.values();
    if (cards.size > MOST_AT_ONCE) oldest?.close();
  };
}

/** One element on the root, so that it stands in documents without a body, and a closed tree in it. */
function createStage(page: Document): Stage {
  const host = create(page, 'div');
  const shadow = host.attachShadow({ mode: 'closed' });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(TOAST_STYLE);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox lets content scripts adopt no sheets (https://bugzilla.mozilla.org/show_bug.cgi?id=1928865),
    // but holds their inline styles to their own policy and not to the page's. In Chromium it is the other way round.
    const style = create(page, 'style');
    style.textContent = TOAST_STYLE;
    shadow.append(style);
  }
  const stack = create(page, 'div', 'stack');
  shadow.append(stack);
  host.popover = 'manual';
  // The words are in the user's language and not in the page's.
  host.lang = '';
  for (const type of ['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'keydown', 'keyup']) {
    // Pages close their menus on clicks anywhere else.
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  // A click on the toast leaves the focus and the selection where they are.
  host.addEventListener('mousedown', (event) => event.preventDefault());
  return { host, stack };
}

/** To the top of the top layer, over a dialog or a full-screen video that came later. */
function raise(host: HTMLElement): void {
  try {
    host.hidePopover();
    host.showPopover();
  } catch {
    // It still stands at the edge of the page, over whatever is not in the top layer.
  }
}

/** @param closing is told when it begins to leave, `gone` when it has left */
function createCard(page: Document, closing: () => void, gone: () => void): Card {
  const element = create(page, 'div', 'card');
  const words = create(page, 'div', 'words');
  const title = create(page, 'div', 'title');
  const detail = create(page, 'div', 'detail');
  const dismiss = create(page, 'button');
  words.setAttribute('role', 'status');
  words.setAttribute('aria-atomic', 'true');
  words.append(title, detail);
  dismiss.setAttribute('type', 'button');
  dismiss.append(drawing(page, 10, CROSS));
  const mark = drawing(page, 24, MARK);
  mark.setAttribute('class', 'mark');
  element.append(mark, words, dismiss);

  const countdown = createCountdown(page, element, close);
  let speaking: ReturnType<typeof setTimeout> | undefined;

  function close(): void {
    countdown.end();
    clearTimeout(speaking);
    closing();
    leave(element).then(() => {
      element.remove();
      gone();
    });
  }
  dismiss.addEventListener('click', close);

  return {
    element,
    close,
    show(message) {
      const say = () => {
        title.textContent = message.title;
        detail.textContent = message.detail;
      };
      element.dataset.tone = message.tone;
      dismiss.setAttribute('aria-label', message.dismissLabel);
      clearTimeout(speaking);
      if (title.textContent === '') speaking = setTimeout(say, BEFORE_WORDS);
      else say();
      countdown.restart(SHOWN[message.tone]);
    },
  };
}

/** Calls `done` once `element` was to be seen that long, not counting while it is pointed at or has the focus. */
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
    if (on) holds.add(why);
    else holds.delete(why);
    pause();
    left = Math.max(left, AFTER_HOLD);
    run();
  }
  const followVisibility = () => hold('hidden', nativeGet(page, 'hidden') === true);

  element.addEventListener('pointerenter', () => hold('pointer', true), { signal });
  element.addEventListener('pointerleave', () => hold('pointer', false), { signal });
  element.addEventListener('focusin', () => hold('focus', true), { signal });
  element.addEventListener('focusout', () => hold('focus', false), { signal });
  nativeCall(page, 'addEventListener', 'visibilitychange', followVisibility, { signal });
  if (nativeGet(page, 'hidden')) holds.add('hidden');

  return {
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

const SLIDE = [
  { opacity: 0, transform: 'translateY(-8px)' },
  { opacity: 1, transform: 'none' },
];
const FADE = [{ opacity: 0 }, { opacity: 1 }];

/** By script, so that no rule of the page and no change of the top layer starts it anew. */
function enter(element: HTMLElement): void {
  element.animate(motion(), { duration: 180, delay: BEFORE_WORDS, easing: 'ease-out', fill: 'backwards' });
}

async function leave(element: HTMLElement): Promise<void> {
  const fade = element.animate(motion(), {
    duration: 140,
    easing: 'ease-in',
    direction: 'reverse',
    fill: 'both',
  });
  await fade.finished.catch(() => undefined);
}

const motion = (): Keyframe[] => (matchMedia('(prefers-reduced-motion: reduce)').matches ? FADE : SLIDE);

function create<K extends keyof HTMLElementTagNameMap>(
  page: Document,
  name: K,
  className?: string,
): HTMLElementTagNameMap[K] {
  const element = nativeCall(page, 'createElementNS', HTML, name) as HTMLElementTagNameMap[K];
  if (className) element.className = className;
  return element;
}

type Shape = { d: string; line?: number };

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

function drawing(page: Document, size: number, shapes: readonly Shape[]): Element {
  const svg = nativeCall(page, 'createElementNS', SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('aria-hidden', 'true');
  for (const { d, line } of shapes) {
    const path = nativeCall(page, 'createElementNS', SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('fill', line ? 'none' : 'currentColor');
    if (line) {
      path.setAttribute('stroke', 'currentColor');
      path.setAttribute('stroke-width', String(line));
      path.setAttribute('stroke-linecap', 'round');
    }
    svg.append(path);
  }
  return svg;
}
