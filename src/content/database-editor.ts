import type { DatabaseOffer } from '../protocol/toast.ts';
import { createField, createLatest, type Editor, type EditorWays } from './editor.ts';
import { create } from './elements.ts';
import { createOfferList } from './offer-list.ts';

/** Another database, found by typing. */
export function createDatabaseEditor({ page, labels, ask, keep, say }: EditorWays): Editor {
  const element = create(page, 'div', 'field');
  const input = createField(page, labels.databases);
  const empty = create(page, 'div', 'empty');
  const list = createOfferList(page, input, labels.databases, take);
  input.placeholder = labels.databases;
  empty.textContent = labels.nothing;
  empty.hidden = true;
  element.append(input, list.element, empty);

  let offered: readonly DatabaseOffer[] = [];

  const latest = createLatest<DatabaseOffer[]>((offers) => {
    offered = offers;
    list.show(
      offered.map(({ label }) => ({ name: label })),
      0,
    );
    empty.hidden = offered.length > 0;
    if (offered.length === 0) say(labels.nothing);
  });

  function search(): void {
    const typed = input.value.trim();
    latest.ask(ask({ type: 'toast-find-databases', typed }).then((answer) => answer ?? []));
  }
  function take(index: number): void {
    const database = offered[index];
    if (database) keep({ destinationId: database.id });
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => list.move(1),
    ArrowUp: () => list.move(-1),
    Enter: () => take(list.active),
  };
  return {
    element,
    begin() {
      input.focus();
      search();
    },
    awaited: ({ key }) => (key in keys ? latest.awaited() : undefined),
    keydown({ key }) {
      keys[key]?.();
      return key in keys;
    },
    input: search,
  };
}
