/** A list of options, one of them highlighted: the list box of a combobox, or one by itself. */
import { movedBy } from '../core/list-move.ts';
import { create, mark } from './elements.ts';
import { hear } from './hear.ts';

export type OfferRow = {
  name: string;
  /** Shown on that ground, as Notion does; left out, as plain text. */
  color?: string;
  /** In front of the name. */
  before?: string;
  isChosen?: boolean;
};

/**
 * @param owner has the focus while the list is used: an input, or null for the list itself
 * @param take is told the index of the row that was picked
 */
export function createOfferList(
  page: Document,
  owner: HTMLElement | null,
  name: string,
  take: (index: number) => void,
) {
  const element = create(page, 'div', 'list');
  const focused = owner ?? element;
  let rows: readonly OfferRow[] = [];
  let active = -1;
  element.id = 'list';
  element.hidden = true;
  mark(element, { role: 'listbox', 'aria-label': name, tabindex: owner ? null : '0' });
  if (owner) mark(owner, { role: 'combobox', 'aria-controls': 'list', 'aria-autocomplete': 'list' });
  // The focus stays where it is typed. The pointer takes what it is released on.
  hear(element, 'mousedown', (event) => event.preventDefault());

  function highlight(index: number): void {
    active = index;
    [...element.children].forEach((row, at) => {
      row.classList.toggle('active', at === active);
      if (owner) mark(row, { 'aria-selected': at === active });
    });
    const row = element.children[active];
    mark(focused, { 'aria-activedescendant': row ? row.id : null });
    if (row) showWithin(element, row as HTMLElement);
  }

  function show(next: readonly OfferRow[], index: number): void {
    rows = next;
    element.hidden = rows.length === 0;
    if (owner) mark(owner, { 'aria-expanded': rows.length > 0 });
    element.replaceChildren(
      ...rows.map(({ name, color, before, isChosen }, at) => {
        const row = create(page, 'div', 'option');
        const word = create(page, 'span', color === undefined ? 'plain' : `chip ${color}`);
        word.textContent = name;
        word.dir = 'auto';
        row.id = `option-${at}`;
        mark(row, { role: 'option', 'aria-selected': isChosen === true });
        if (before) row.append(before, ' ');
        row.append(word);
        hear(row, 'click', () => take(at));
        return row;
      }),
    );
    // Where nothing is offered, nothing is highlighted: what is typed is all there is to take.
    highlight(Math.min(index, rows.length - 1));
  }

  return {
    element,
    show,
    close: () => show([], -1),
    highlight,
    get rows() {
      return rows;
    },
    /** Index of the highlighted row; -1 when there is none. */
    get active() {
      return active;
    },
    move(by: 1 | -1): void {
      highlight(movedBy(active, by, rows.length));
    },
  };
}

/** `scrollIntoView` would scroll the page as well. */
function showWithin(list: HTMLElement, row: HTMLElement): void {
  const above = row.offsetTop - list.offsetTop;
  const below = above + row.offsetHeight;
  if (above < list.scrollTop) list.scrollTop = above;
  else if (below > list.scrollTop + list.clientHeight) list.scrollTop = below - list.clientHeight;
}
