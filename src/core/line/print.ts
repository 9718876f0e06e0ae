import type { Line, SignKind } from './line.ts';
import { foldName, opensQuotes, printName, readName } from './name.ts';
import { MARKS, readSign, SIGN_OF, SIGNS } from './signs.ts';

const ESCAPED_SIGN = new RegExp(`^[${MARKS}]*\\\\+[${SIGNS}]`, 'u');
const LEADING_MARKS = new RegExp(`^[${MARKS}]*`, 'u');

/** Whether a word of the note would be read as something else. */
function isMisread(word: string): boolean {
  if (ESCAPED_SIGN.test(word)) return true;
  const sign = readSign(word, 0);
  if (!sign) return false;
  // The words that follow could close the quotation marks.
  return opensQuotes(word, sign.end) || readName(word, sign.end, sign.kind) !== null;
}

const printWord = (word: string): string => (isMisread(word) ? word.replace(LEADING_MARKS, '$&\\') : word);

/**
 * The line as text: the note, then tags, database, status and preset; each sign that is only a character of the note
 * behind a backslash. Takes any texts, and folds their white space; `parseLine` of what is printed gives the line as it is
 * described at `Line`. A page's title, say, becomes part of a line by `printLine({ …, note: title })`.
 */
export function printLine({ tags, database, status, preset, note }: Line): string {
  const names: [SignKind, string | null][] = [
    ...tags.map((tag): [SignKind, string] => ['tag', tag]),
    ['database', database],
    ['status', status],
    ['preset', preset],
  ];
  const words = note.split(/\s+/).filter((word) => word !== '');
  const signed = names.flatMap(([kind, name]) =>
    name === null || foldName(name) === '' ? [] : [`${SIGN_OF[kind]}${printName(name, kind)}`],
  );
  return [...words.map(printWord), ...signed].join(' ');
}
