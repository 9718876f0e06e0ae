import type { Remedy } from '../../core/meaning.ts';
import type { MessageKey } from '../../core/text.ts';

/** What is written on the button of a remedy; null where there is nothing to press. */
export const remedyLabel = (remedy: Remedy): MessageKey | null =>
  remedy === 'none' ? null : (`remedy_${remedy.replaceAll('-', '_')}` as MessageKey);
