/** What properties begin with, from what is known of the page. */
import type { Destination } from '../notion/destination.ts';
import { isEmpty } from '../notion/encode.ts';
import { kindOf } from '../notion/form.ts';
import type { FormSettings, PageSource } from '../notion/form-settings.ts';
import type { PropertyValue, Value } from '../notion/value.ts';
import type { PageFacts } from './capture.ts';

/**
 * The values that the user has set for this database's properties.
 * @param today the date where the user is, `2026-05-03`
 */
export function startValues(
  { properties }: Destination,
  { starts }: FormSettings,
  facts: PageFacts | null,
  today: string,
): PropertyValue[] {
  return Object.entries(starts).flatMap(([id, start]) => {
    const property = properties.find((one) => one.id === id);
    if (!property) return [];
    const value = start.from === 'fixed' ? start.value : fromPage(start.from, facts, today);
    if (value === null || isEmpty(value)) return [];
    return [{ id, name: property.name, value: asKind(value, kindOf(property)) }];
  });
}

function fromPage(source: PageSource, facts: PageFacts | null, today: string): Value | null {
  const text = (words: string | undefined): Value | null => (words ? { kind: 'text', text: words } : null);
  switch (source) {
    case 'today':
      return { kind: 'date', start: today, end: null, timeZone: null };
    case 'author':
      return text(facts?.meta.author);
    case 'published': {
      const day = /^\d{4}-\d\d-\d\d/.exec(facts?.meta.published ?? '')?.[0];
      return day ? { kind: 'date', start: day, end: null, timeZone: null } : text(facts?.meta.published);
    }
    case 'site-name':
      return text(facts?.meta.ogSiteName ?? hostOf(facts?.url));
    case 'language':
      return text(facts?.language);
    case 'selection':
      return text(facts?.selection);
  }
}

function hostOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : undefined;
}

/** Words become the one item of a list; a date is written out where text is wanted. */
function asKind(value: Value, kind: Value['kind']): Value {
  if (value.kind === 'text' && kind === 'list') return { kind: 'list', items: [{ name: value.text }] };
  if (value.kind === 'date' && kind === 'text') return { kind: 'text', text: value.start };
  return value;
}

/** The date at that time, in milliseconds since the epoch, where the user is: `2026-05-03`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
