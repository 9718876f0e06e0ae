import type { Failure } from '../../core/failure.ts';
import { meaningOf, type Remedy } from '../../core/meaning.ts';
import type { MessageKey } from '../../core/text.ts';

/** What is written on the button of a remedy; null where there is nothing to press. */
export const remedyLabel = (remedy: Remedy): MessageKey | null =>
  remedy === 'none' ? null : (`remedy_${remedy.replaceAll('-', '_')}` as MessageKey);

/** The buttons of a failure: what helps first, and what helps as well. */
export function remediesOf(why: Failure): { remedy: Remedy; label: MessageKey }[] {
  const { remedy, also } = meaningOf(why);
  return [remedy, also].flatMap((one, index) => {
    // Beside another way out, a database to be chosen is another one.
    const isAnother = index > 0 && one === 'choose-database';
    const label = isAnother ? 'remedy_choose_another' : one && remedyLabel(one);
    return one && label ? [{ remedy: one, label }] : [];
  });
}
