/** What can be done from the toast: a button for each with its letter, and the editors that some of them open. */

import { isComposing } from '../core/composing.ts';
import { shortcutOf } from '../core/keys.ts';
import type {
  ToastAction,
  ToastActions,
  ToastChange,
  ToastDone,
  ToastLabels,
  ToastMessage,
} from '../protocol/toast.ts';
import { readToastReply } from '../protocol/toast-reply.ts';
import { createChoiceEditor } from './choice-editor.ts';
import { createDatabaseEditor } from './database-editor.ts';
import { typeAgain } from './early-keys.ts';
import type { Editor, EditorWays } from './editor.ts';
import { create, createButton, mark } from './elements.ts';
import { hear } from './hear.ts';
import { createNoteEditor } from './note-editor.ts';
import { createTagEditor } from './tag-editor.ts';
import type { Room, RoomListener } from './toast-room.ts';

/** Sends a message to the background, and rejects or answers nothing when there is none. */
export type Ask = (message: ToastMessage) => Promise<unknown>;

/** A message that has something done. */
type Doing = Extract<ToastMessage, { type: 'toast-change' | 'toast-article' | 'toast-undo' | 'toast-open' }>;

const LETTERS: Record<ToastAction, string> = {
  tags: 't',
  note: 'n',
  choice: 's',
  database: 'd',
  article: 'a',
  undo: 'u',
  open: 'o',
};

const EDITORS: { [A in ToastAction]?: (ways: EditorWays) => Editor } = {
  tags: createTagEditor,
  note: createNoteEditor,
  choice: createChoiceEditor,
  database: createDatabaseEditor,
};

/** Keys that are not pressed for themselves, or whose letter is still to come. */
const SILENT = ['Shift', 'CapsLock', 'NumLock', 'ScrollLock', 'Fn', 'Dead', 'Process', 'Unidentified'];

export type PanelWays = {
  /** It can be shown now. */
  begin(): void;
  saveId: string;
  ask: Ask;
  /** Keeps the toast from going. */
  hold(why: string, on: boolean): void;
  /** While the page still has the focus. */
  remember(): void;
  giveBack(): void;
  /** Whether the page used the key up. */
  passOn(event: KeyboardEvent): boolean;
  /** Whether a letter would be heard now. */
  listening(isListening: boolean): void;
  /** An editor was closed. */
  edited(): void;
};

export type Panel = RoomListener & {
  show(actions: ToastActions, labels: ToastLabels): void;
  /** By itself: it holds nothing up, and the toast goes when its time has come. */
  takeFocus(): void;
  /** A key that was pressed before the focus was here. */
  press(event: KeyboardEvent): void;
  isEditing(): boolean;
};

export function createPanel({ document: page, body, focused }: Room, ways: PanelWays): Panel {
  const presets = create(page, 'div', 'keys');
  const row = create(page, 'div', 'keys');
  const place = create(page, 'div', 'place');
  const failure = create(page, 'div', 'failure');
  const said = create(page, 'div', 'said');
  mark(body, { role: 'group', tabindex: '-1' });
  mark(presets, { role: 'group' });
  mark(failure, { role: 'alert' });
  mark(said, { 'aria-live': 'polite' });
  body.append(presets, row, place, failure, said);
  // A click leaves the focus where it is, in the page or in a field.
  hear(body, 'pointerdown', () => ways.remember());
  hear(body, 'mousedown', (event) => {
    if (!(event.target as Element).closest('input, .list')) event.preventDefault();
  });

  let actions: ToastActions | undefined;
  let labels: ToastLabels | undefined;
  let shown = '';
  let open: { action: ToastAction; editor: Editor } | undefined;
  let isBusy = false;
  /** When what is being done is answered. */
  let answered: Promise<void> = Promise.resolve();
  /** The room is gone. Firefox throws where anything in it is touched then. */
  let isOver = false;
  /** What keeps the toast from going. */
  const held = new Set<string>();
  /** The focus came with the toast and not by the user's moving it here. */
  let isLent = false;
  /** Whether the focus was here before an editor took it. */
  let wasHere = false;
  /** Keys that wait for what the first of them needs, in their order. */
  let late: KeyboardEvent[] = [];

  const isWithin = () => body.contains(focused());

  function hold(why: string, on: boolean): void {
    if (isOver) return;
    if (on) held.add(why);
    else held.delete(why);
    ways.hold(why, on);
  }
  function end(): void {
    for (const why of held) hold(why, false);
    isOver = true;
  }
  /** For what is no longer there there is no answer, ever: whoever waits for one touches nothing that is gone. */
  const whileThere = <T>(isThere: () => boolean, answer: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      answer.then(
        (value) => isThere() && resolve(value),
        (error) => isThere() && reject(error),
      );
    });

  function show(next: ToastActions, words: ToastLabels): void {
    actions = next;
    labels = words;
    mark(body, { 'aria-label': words.actions });
    mark(presets, { 'aria-label': words.presets });
    const offered = offeredOf(next);
    const look = JSON.stringify([offered, next.presets, next.choice?.property]);
    if (look === shown) return;
    shown = look;
    const had = focused();
    presets.replaceChildren(
      ...next.presets.map(({ key, name }) => keyButton(key, name, () => void usePreset(key))),
    );
    presets.hidden = next.presets.length === 0;
    row.replaceChildren(
      ...offered.map((action) => {
        const button = keyButton(LETTERS[action], wordsOf(action, next, words), () => void act(action));
        button.dataset.action = action;
        if (action in EDITORS) mark(button, { 'aria-expanded': open?.action === action });
        return button;
      }),
    );
    if (had && had !== focused()) body.focus();
    if (open && !offered.includes(open.action)) closeEditor();
  }

  function keyButton(key: string, name: string, act: () => void): HTMLButtonElement {
    const cap = create(page, 'kbd');
    const word = create(page, 'span');
    cap.textContent = key.toUpperCase();
    word.textContent = name;
    word.dir = 'auto';
    mark(cap, { 'aria-hidden': true });
    const button = createButton(page, 'key', [cap, word], act);
    mark(button, { 'aria-keyshortcuts': key.toUpperCase() });
    return button;
  }

  function markOpen(): void {
    for (const button of row.children) {
      if (button.hasAttribute('aria-expanded')) {
        mark(button, { 'aria-expanded': (button as HTMLElement).dataset.action === open?.action });
      }
    }
    hold('editor', open !== undefined);
    ways.listening(isWithin() && !isTyping());
  }
  const isTyping = () => open?.editor.element.contains(focused()) === true;

  function act(action: ToastAction): Promise<void> | void {
    if (isBusy) return;
    const createEditor = EDITORS[action];
    if (createEditor) return open?.action === action ? closeEditor() : openEditor(action, createEditor);
    closeEditor();
    return send({ type: `toast-${action as 'article' | 'undo' | 'open'}`, saveId: ways.saveId });
  }

  async function usePreset(presetKey: string): Promise<void> {
    if (isBusy) return;
    closeEditor();
    await send({ type: 'toast-change', saveId: ways.saveId, change: { presetKey } });
  }

  /** Says what went wrong, if anything did. */
  function send(message: Doing, isDone?: () => void): Promise<void> {
    isBusy = true;
    answered = answer(message, isDone);
    return answered;
  }

  async function answer(message: Doing, isDone: (() => void) | undefined): Promise<void> {
    mark(body, { 'aria-busy': true });
    failure.replaceChildren();
    hold('busy', true);
    try {
      const reply = ways.ask(message).then(
        (raw) => readToastReply(message.type, raw),
        () => undefined,
      );
      tell(await whileThere(() => !isOver, reply), isDone);
    } finally {
      hold('busy', false);
    }
  }

  function tell(reply: ToastDone | undefined, isDone: (() => void) | undefined): void {
    isBusy = false;
    mark(body, { 'aria-busy': null });
    if (reply?.ok) isDone?.();
    else {
      const what = create(page, 'b');
      what.textContent = reply?.title ?? labels?.failedTitle ?? '';
      failure.append(what, ' ', reply?.body ?? labels?.failedBody ?? '');
    }
  }

  function openEditor(action: ToastAction, createEditor: (ways: EditorWays) => Editor): void {
    if (!actions || !labels) return;
    late = [];
    ways.remember();
    wasHere = open ? wasHere : isWithin();
    failure.replaceChildren();
    said.textContent = '';
    const editor: Editor = createEditor({
      page,
      actions,
      labels,
      ask: (message) =>
        whileThere(
          () => !isOver && open?.editor === editor,
          ways
            .ask({ ...message, saveId: ways.saveId } as ToastMessage)
            .then((raw) => readToastReply(message.type, raw)),
        ),
      close: closeEditor,
      keep(change) {
        if (isBusy) return;
        void send({ type: 'toast-change', saveId: ways.saveId, change }, () => {
          if (actions) actions = withChange(actions, change);
          if (open?.editor === editor) closeEditor();
          if (labels) said.textContent = labels.changed;
        });
      },
      say: (words) => {
        said.textContent = words;
      },
    });
    const { done } = editor;
    const button = done ? createButton(page, 'done', [labels.done], () => done()) : null;
    open = { action, editor };
    place.replaceChildren(editor.element, ...(button ? [button] : []));
    markOpen();
    editor.begin();
  }

  function closeEditor(): void {
    if (!open) return;
    open = undefined;
    late = [];
    const had = isWithin();
    if (had && wasHere) body.focus();
    place.replaceChildren();
    failure.replaceChildren();
    if (had && !wasHere) ways.giveBack();
    markOpen();
    ways.edited();
  }

  /** @returns whether it waits for its turn */
  function isKeptBack(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') late = [];
    const needed = isTyping()
      ? open?.editor.awaited?.(event)
      : isBusy && commandOf(event)
        ? answered
        : undefined;
    const isBrowsersOwn = (event.ctrlKey || event.metaKey || event.altKey) && event.key !== 'Enter';
    if ((late.length === 0 && !needed) || isBrowsersOwn) return false;
    late.push(event);
    if (late.length === 1) void needed?.then(makeUp);
    return true;
  }
  /** What was kept back has its turn. */
  function makeUp(): void {
    const [first, ...others] = late;
    if (isOver || !first) return;
    late = [];
    press(first);
    for (const event of others) press(event);
  }
  /** An earlier one may have given the focus back. */
  function press(event: KeyboardEvent): void {
    if (!focused()) ways.passOn(event);
    else if (!keydown(event)) {
      const at = focused();
      if (at) typeAgain(at, event);
    }
  }

  function keydown(event: KeyboardEvent): boolean {
    if (isOver || isComposing(event)) return false;
    if (isKeptBack(event)) return true;
    const isButton = focused()?.localName === 'button';
    if (open && (isTyping() || isButton || event.key === 'Escape')) {
      if (!isButton && isTyping() && open.editor.keydown(event)) return true;
      if (event.key !== 'Escape') return false;
      closeEditor();
      return true;
    }
    const command = commandOf(event);
    if (command) {
      if (!event.repeat) void command();
      return true;
    }
    if (event.key === 'Tab') {
      // Who moves on through the buttons is not hurried.
      isLent = false;
      hold('focus', true);
      return false;
    }
    if (event.key === 'Escape') {
      ways.giveBack();
      return true;
    }
    if (SILENT.includes(event.key) || (isButton && (event.key === 'Enter' || event.key === ' ')))
      return false;
    ways.giveBack();
    return ways.passOn(event);
  }

  function commandOf(event: KeyboardEvent): (() => unknown) | undefined {
    const pressed = shortcutOf(event);
    if (!actions || pressed === null) return;
    const action = offeredOf(actions).find((each) => LETTERS[each] === pressed);
    if (action) return () => act(action);
    if (actions.presets.some((preset) => preset.key === pressed)) return () => usePreset(pressed);
  }

  return {
    begin: ways.begin,
    end,
    show,
    takeFocus() {
      ways.remember();
      isLent = true;
      body.focus({ preventScroll: true });
    },
    press,
    isEditing: () => open !== undefined,
    keydown,
    input(event) {
      if (isTyping()) open?.editor.input?.(event);
    },
    compositionend(event) {
      if (isTyping()) open?.editor.input?.(event);
    },
    paste(event) {
      if (isTyping()) open?.editor.paste?.(event);
    },
    focus(isHere) {
      if (isOver) return;
      if (!isHere) isLent = false;
      hold('focus', isHere && !isLent);
      ways.listening(isHere && !isTyping());
    },
  };
}

const offeredOf = ({ offered, choice }: ToastActions): ToastAction[] =>
  offered.filter((action) => action !== 'choice' || choice !== null);

function wordsOf(action: ToastAction, { choice }: ToastActions, labels: ToastLabels): string {
  return action === 'choice' ? (choice?.property ?? '') : labels[action];
}

/** What the save holds once the change is kept, until the background tells anew. */
function withChange(actions: ToastActions, change: ToastChange): ToastActions {
  if ('tags' in change) {
    const colorOf = (name: string) => actions.tags.find((tag) => tag.name === name)?.color ?? 'default';
    return { ...actions, tags: change.tags.map((name) => ({ name, color: colorOf(name) })) };
  }
  if ('note' in change) return { ...actions, note: change.note };
  if ('choice' in change && actions.choice) {
    return { ...actions, choice: { ...actions.choice, chosen: change.choice } };
  }
  return actions;
}
