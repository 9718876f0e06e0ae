/** What the editors of the toast have in common. */
import type {
  ToastActions,
  ToastChange,
  ToastLabels,
  ToastMessage,
  ToastReplies,
} from '../protocol/toast.ts';
import { create } from './elements.ts';

export type Editor = {
  element: HTMLElement;
  /** Takes the focus. */
  begin(): void;
  /** @returns whether the key was used up; composing keys and those of buttons never get here */
  keydown(event: KeyboardEvent): boolean;
  /**
   * What the key means depends on an answer that is still to come. Fast fingers are faster: this key, and whatever is
   * pressed after it, is kept back until then.
   * @returns when it is there, or nothing where none is needed
   */
  awaited?(event: KeyboardEvent): Promise<void> | undefined;
  /** What was typed, or is no longer being composed. */
  input?(event: Event): void;
  paste?(event: ClipboardEvent): void;
  /** Keeps what was edited; for editors that do not keep what is picked at once. */
  done?(): void;
};

export type EditorWays = {
  page: Document;
  actions: ToastActions;
  labels: ToastLabels;
  /** Answers nothing where what came is no answer to that. */
  ask<T extends ToastMessage['type']>(message: Question<T>): Promise<ToastReplies[T] | undefined>;
  /** Keeps the change and closes the editor; when that fails, says so and leaves the editor as it is. */
  keep(change: ToastChange): void;
  close(): void;
  /** To assistive technology. */
  say(words: string): void;
};

export type Question<T extends ToastMessage['type']> = Omit<Extract<ToastMessage, { type: T }>, 'saveId'> & {
  type: T;
};

/** A field for a line of text. */
export function createField(page: Document, name: string): HTMLInputElement {
  const input = create(page, 'input', 'typed');
  input.type = 'text';
  input.dir = 'auto';
  input.autocomplete = 'off';
  input.spellcheck = false;
  input.setAttribute('autocapitalize', 'none');
  input.setAttribute('aria-label', name);
  return input;
}

/** Questions as fast as one types, of which only the last one's answer counts. */
export function createLatest<T>(show: (answer: T) => void) {
  let asked: object | null = null;
  let settled: Promise<void> = Promise.resolve();
  return {
    ask(question: Promise<T>): void {
      const mine = {};
      asked = mine;
      const end = (answer?: T) => {
        if (asked !== mine) return;
        asked = null;
        if (answer !== undefined) show(answer);
      };
      // Without an answer nothing is offered; what is typed can be kept all the same.
      settled = question.then(end, () => end());
    },
    /** Whatever is still to come is not wanted any more. */
    drop(): void {
      asked = null;
    },
    /** When the last question is answered, or it is known that it never will be; nothing when it is already. */
    awaited: (): Promise<void> | undefined => (asked === null ? undefined : settled),
  };
}
