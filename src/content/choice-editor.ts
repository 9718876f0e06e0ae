import type { Editor, EditorWays } from './editor.ts';
import { create } from './elements.ts';
import { createOfferList, type OfferRow } from './offer-list.ts';

/** Letters that come within this many milliseconds of each other are one word. */
const WORD = 700;

/** The options of a status or select, as a list box with arrows and type-ahead. */
export function createChoiceEditor({ page, actions, labels, keep, close }: EditorWays): Editor {
  const { property, options, chosen } = actions.choice ?? { property: '', options: [], chosen: null };
  const element = create(page, 'div', 'field');
  const list = createOfferList(page, null, property, take);
  element.append(list.element);

  const values: (string | null)[] = options.map(({ name }) => name);
  const rows: OfferRow[] = options.map((option) => ({ ...option, isChosen: option.name === chosen }));
  if (chosen !== null) {
    values.push(null);
    rows.push({ name: labels.none });
  }
  list.show(rows, Math.max(0, values.indexOf(chosen)));

  let word = '';
  let last = Number.NEGATIVE_INFINITY;

  function take(index: number): void {
    const value = values[index];
    if (value === undefined) return;
    if (value === chosen) close();
    else keep({ choice: value });
  }

  /** The same letter again goes on to the next option that begins with it. */
  function find(letter: string, at: number): void {
    word = at - last < WORD ? word + letter.toLowerCase() : letter.toLowerCase();
    last = at;
    const isOneLetter = [...word].every((each) => each === word[0]);
    const wanted = isOneLetter ? word.slice(0, 1) : word;
    const from = isOneLetter ? list.active + 1 : list.active;
    const turns = rows.map((_, i) => (from + i) % rows.length);
    const found = turns.find((index) => rows[index]?.name.toLowerCase().startsWith(wanted));
    if (found !== undefined) list.highlight(found);
  }

  const keys: Record<string, () => void> = {
    ArrowDown: () => list.move(1),
    ArrowUp: () => list.move(-1),
    Home: () => list.highlight(0),
    End: () => list.highlight(rows.length - 1),
    Enter: () => take(list.active),
  };
  return {
    element,
    begin: () => list.element.focus(),
    keydown({ key, timeStamp, ctrlKey, altKey, metaKey }) {
      const isInWord = word !== '' && timeStamp - last < WORD;
      const act = key === ' ' && !isInWord ? keys.Enter : keys[key];
      if (act) act();
      else if ([...key].length === 1 && !ctrlKey && !altKey && !metaKey) find(key, timeStamp);
      else return false;
      return true;
    },
  };
}
