/** The kind of value that each of Notion's types has. */
import type { Property } from './destination.ts';
import type { Value } from './value.ts';

/** The kind of value that a property's control makes. */
export function kindOf({ type }: Property): Value['kind'] {
  switch (type) {
    case 'select':
    case 'multi_select':
    case 'people':
    case 'relation':
    case 'files':
      return 'list';
    case 'date':
      return 'date';
    case 'checkbox':
      return 'flag';
    default:
      return 'text';
  }
}

export const emptyValue = (property: Property): Value => {
  switch (kindOf(property)) {
    case 'list':
      return { kind: 'list', items: [] };
    case 'date':
      return { kind: 'date', start: '', end: null, timeZone: null };
    case 'flag':
      return { kind: 'flag', on: false };
    case 'text':
      return { kind: 'text', text: '' };
  }
};

/** Types that a user can write. */
export const WRITABLE = [
  'rich_text',
  'number',
  'url',
  'email',
  'phone_number',
  'select',
  'multi_select',
  'status',
  'date',
  'checkbox',
  'people',
  'relation',
  'files',
] as const;

export type WritableType = (typeof WRITABLE)[number];

/** Whether a user can write this property. Others are read-only, or of a type that nobody here has heard of. */
export const isWritable = ({ type }: Property): boolean => (WRITABLE as readonly string[]).includes(type);
