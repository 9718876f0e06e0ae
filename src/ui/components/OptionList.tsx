import type { ComponentChildren } from 'preact';
import type { Client } from '../../protocol/client.ts';

/**
 * The list box of a field that keeps the focus: its rows, one of them highlighted. The row at an index has the id
 * `<id>-<index>`, for `aria-activedescendant`; the list itself is `<id>-list`.
 */
export function OptionList({
  id,
  label,
  rows,
  active,
  isOpen,
  pick,
}: {
  id: string;
  label: string;
  /** What is in each row. */
  rows: readonly ComponentChildren[];
  /** Index of the highlighted row; -1: none. */
  active: number;
  isOpen: boolean;
  pick(index: number): void;
}) {
  const option = (index: number) => ({
    id: `${id}-${index}`,
    role: 'option' as const,
    'aria-selected': index === active,
    class: index === active ? 'option active' : 'option',
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: () => pick(index),
  });
  return (
    <div id={`${id}-list`} role="listbox" aria-label={label} class="list" hidden={!isOpen}>
      {rows.map((row, index) => (
        <div {...option(index)}>{row}</div>
      ))}
    </div>
  );
}

/** An option in its colour; `color` is null for one that would have to be made. */
export const optionRow = (text: Client['text'], name: string, color: string | null): ComponentChildren => [
  color === null ? `${text('tags_create')} ` : '',
  <span class={`chip ${color}`} dir="auto">
    {name}
  </span>,
];
