/** The words of a line that are no more than words. */
import { TAG_COMMAS } from '../tags/rules.ts';
import type { Part } from './line.ts';
import { isTail } from './name.ts';
import { MARKS } from './signs.ts';

/** Behind a name that has gone they part nothing, or mark nothing. */
const GOES_WITH_NAME = new RegExp(`[${TAG_COMMAS}،${MARKS}]`, 'g');

/**
 * The note, in the order of the line. Names that are not taken out stay in it as they are typed. Punctuation behind a name
 * that is taken out moves to the word before it, and goes with the name if there is none.
 */
export function noteOf(text: string, parts: readonly Part[], isTakenOut: (part: Part) => boolean): string {
  let note = '';
  let before: Part | null = null;
  for (const part of parts) {
    const isName = part.kind !== 'note';
    const previous: Part | null = before;
    before = part;
    if (isName && isTakenOut(part)) continue;
    const word = isName ? text.slice(part.start, part.end) : part.value;
    const isAttached = previous !== null && previous.kind !== 'note' && previous.end === part.start;
    if (!isAttached) note += ` ${word}`;
    else if (!isTakenOut(previous)) note += word;
    else if (!isTail(word)) note += ` ${word}`;
    else if (note !== '') note += word.replace(GOES_WITH_NAME, '');
  }
  return note.replace(/\s+/g, ' ').trim();
}
