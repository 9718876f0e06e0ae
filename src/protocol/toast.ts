/** What the toast in a page is told, what it may ask of the background, and what it is answered. */
import * as z from 'zod/mini';
import { PRESET_KEYS } from '../core/settings/preset-keys.ts';

/** What can be done with a save from its toast. `choice` is the status or the first select. */
export type ToastAction = 'tags' | 'note' | 'choice' | 'database' | 'article' | 'undo' | 'open';

/** A name and the colour Notion shows it in, such as `blue`. */
export type Colored = { name: string; color: string };

/** What can be done with the save, and what it holds now. */
export type ToastActions = {
  /** Which are offered, in this order. */
  offered: ToastAction[];
  tags: Colored[];
  note: string;
  /** Left out of what is offered when null. */
  choice: { property: string; options: Colored[]; chosen: string | null } | null;
  /** Each within one key: a digit, or a letter that is no action's (`PRESET_KEYS`). */
  presets: { key: string; name: string }[];
  /**
   * Take the focus. Only in what answers the keyboard command: while the page is typed into, the first such message is
   * not heeded, and a second one with the same id is.
   */
  takeFocus: boolean;
};

/** What a toast tells: plain text, ready to show. */
export type ToastContent = {
  /** Same id, same toast: a later one replaces what an earlier one said. With actions, the id of the save. */
  id: string;
  tone: 'neutral' | 'done' | 'needs-you';
  title: string;
  detail: string;
  /** Left out: nothing can be done. An editor that is open stays open until the user is done with it. */
  actions?: ToastActions;
};

/** All words that are the toast's own, in the user's language. `%s` stands for what is put in. */
export type ToastLabels = {
  /** Of the button that closes it. */
  dismiss: string;
  /** Of all that can be done, together. */
  actions: string;
  presets: string;
  tags: string;
  note: string;
  database: string;
  article: string;
  undo: string;
  open: string;
  /** Of the button that keeps what was edited. */
  done: string;
  /** For taking an option away without choosing another. */
  none: string;
  /** Nothing matches what was typed. */
  nothing: string;
  /** Said when a change was kept. */
  changed: string;
  create: string;
  tagsList: string;
  /** Of the list of names for what is typed in the note. */
  noteList: string;
  /** Said of them; their number is put in. */
  found: string;
  tagsCount: string;
  tagRemove: string;
  tagAdded: string;
  tagRemoved: string;
  databases: string;
  /** When the background did not answer. */
  failedTitle: string;
  failedBody: string;
};

const id = z.string();
const names = z.array(z.string());

/** What the toast asks; `readToastMessage` reads it. */
const ToastMessage = z.union([
  /** Best first: the first is what Enter takes. At most 8, none that is chosen already. */
  z.strictObject({ type: z.literal('toast-complete-tags'), saveId: id, typed: z.string(), chosen: names }),
  /** Names for the one that is being typed at the caret, a UTF-16 offset. At most 8, and a new tag. */
  z.strictObject({
    type: z.literal('toast-complete-line'),
    saveId: id,
    line: z.string(),
    caret: z.number(),
  }),
  /** Best first; for nothing typed, those used last. At most 8. */
  z.strictObject({ type: z.literal('toast-find-databases'), saveId: id, typed: z.string() }),
  /** May be sent again when there was no answer. */
  z.strictObject({
    type: z.literal('toast-change'),
    saveId: id,
    change: z.union([
      /** All tags from now on. Names that are new are to be made. */
      z.strictObject({ tags: names }),
      z.strictObject({ note: z.string() }),
      z.strictObject({ choice: z.nullable(z.string()) }),
      z.strictObject({ destinationId: id }),
      z.strictObject({ presetKey: z.string() }),
    ]),
  }),
  /** Adds what the page says to the row. */
  z.strictObject({ type: z.literal('toast-article'), saveId: id }),
  z.strictObject({ type: z.literal('toast-undo'), saveId: id }),
  z.strictObject({ type: z.literal('toast-open'), saveId: id }),
]);
export type ToastMessage = z.infer<typeof ToastMessage>;
export type ToastChange = Extract<ToastMessage, { type: 'toast-change' }>['change'];

/** Characters of a whole message; nobody types more into a toast. */
const MOST = 20_000;

/** What a toast asks; null for anything else. It comes out of a web page's process, and so is held to a bound. */
export function readToastMessage(raw: unknown): ToastMessage | null {
  const read = z.safeParse(ToastMessage, raw);
  if (!read.success || JSON.stringify(read.data).length > MOST) return null;
  if (read.data.type !== 'toast-change' || !('presetKey' in read.data.change)) return read.data;
  return PRESET_KEYS.includes(read.data.change.presetKey) ? read.data : null;
}

/** Whether it was kept; when not, what is wrong and what helps, ready to show. */
export type ToastDone = { ok: true } | { ok: false; title: string; body: string };

/** A tag to offer; `isNew`: it would have to be made. */
export type TagOffer = Colored & { isNew: boolean };
/** A name for what is being typed in the note, and the note with it; `color` is null for all but options. */
export type LineOffer = { name: string; color: string | null; isNew: boolean; line: string; caret: number };
/** `likeliest`: index of the one that Enter takes unasked, or -1. */
export type LineOffers = { offers: LineOffer[]; likeliest: number };
export type DatabaseOffer = { id: string; label: string };

export type ToastReplies = {
  'toast-complete-tags': TagOffer[];
  'toast-complete-line': LineOffers;
  'toast-find-databases': DatabaseOffer[];
  'toast-change': ToastDone;
  'toast-article': ToastDone;
  'toast-undo': ToastDone;
  'toast-open': ToastDone;
};
