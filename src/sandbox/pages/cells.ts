/** One value as a table shows it. */
import { html } from 'hono/html';
import type { DataSource, DateValue, Page, Property, RichText } from '../model.ts';
import { evaluate } from '../shape/value.ts';
import { plainText, type State } from '../state.ts';

export type Markup = ReturnType<typeof html> | string;

const glyphs: Record<string, string> = {
  title: 'Aa',
  rich_text: '≡',
  number: '#',
  select: '◉',
  multi_select: '☰',
  status: '◔',
  date: '◷',
  people: '☺',
  files: '⎘',
  checkbox: '☑',
  url: '↗',
  email: '@',
  phone_number: '☏',
  relation: '⇄',
  formula: 'ƒ',
  created_time: '◷',
  last_edited_time: '◷',
  unique_id: '№',
  button: '▣',
};

export const glyphOf = (type: string): string => glyphs[type] ?? '?';

const dateOnly = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const dateAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

export const showTime = (at: number): string => dateAndTime.format(at);

export function cell(state: State, source: DataSource, property: Property, row: Page): Markup {
  const value = row.values.get(property.id) ?? null;
  switch (property.type) {
    case 'rich_text':
    case 'title':
      return html`<span class="text">${plainText((value ?? []) as RichText[])}</span>`;
    case 'url':
      return value === null ? '' : link(String(value));
    case 'select':
    case 'status':
      return pills(property, value === null ? [] : [value as string]);
    case 'multi_select':
      return pills(property, (value ?? []) as string[]);
    case 'checkbox':
      return html`<span role="img" aria-label="${value ? 'yes' : 'no'}">${value ? '☑' : '☐'}</span>`;
    case 'date':
      return value === null ? '' : showDate(value as DateValue);
    case 'created_time':
      return showTime(row.createdAt);
    case 'last_edited_time':
      return showTime(row.editedAt);
    case 'people':
      return ((value ?? []) as string[]).map((id) => state.people.get(id)?.name ?? 'Rowmark').join(', ');
    case 'files':
      return ((value ?? []) as { name: string }[]).map(({ name }) => name).join(', ');
    case 'relation':
      return `${((value ?? []) as string[]).length || ''}`;
    case 'formula':
      return String(evaluate(source, row, String(property.settings.expression)).number ?? '');
    case 'unique_id':
      return [property.settings.prefix, row.number].filter((part) => part !== null).join('-');
    case 'button':
      return html`<span class="soft">Button</span>`;
    default:
      if (typeof value === 'object')
        return html`<span class="soft">${value === null ? '' : JSON.stringify(value)}</span>`;
      return String(value);
  }
}

function pills(property: Property, ids: readonly string[]): Markup {
  const options = ids.flatMap((id) => property.options.find((option) => option.id === id) ?? []);
  const shape = property.type === 'status' ? 'pill status' : 'pill';
  return html`<span class="pills">${options.map(
    ({ name, color }) => html`<span class="${shape}" style="background: var(--${color})">${name}</span>`,
  )}</span>`;
}

/** Without what every address has; in full on hover. Only web addresses become links. */
function link(address: string): Markup {
  const shown = address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  return /^https?:/.test(address)
    ? html`<a href="${address}" title="${address}" target="_blank" rel="noreferrer">${shown}</a>`
    : html`<span title="${address}">${address}</span>`;
}

function showDate({ start, end }: DateValue): string {
  const show = (iso: string) =>
    iso.includes('T') ? dateAndTime.format(new Date(iso)) : dateOnly.format(new Date(iso));
  return end === null ? show(start) : `${show(start)} → ${show(end)}`;
}
