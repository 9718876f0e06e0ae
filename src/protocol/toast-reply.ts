/**
 * Reading what the background answers to a toast. Written by hand: the library that reads everything else would make the script
 * that is run in pages half as large again.
 */
import type { Colored, DatabaseOffer, LineOffer, LineOffers, TagOffer, ToastReplies } from './toast.ts';

type Is<T> = (raw: unknown) => raw is T;

const isText: Is<string> = (raw) => typeof raw === 'string';
const isNumber: Is<number> = (raw) => typeof raw === 'number';
const isBoolean: Is<boolean> = (raw) => typeof raw === 'boolean';

const listOf =
  <T>(is: Is<T>): Is<T[]> =>
  (raw): raw is T[] =>
    Array.isArray(raw) && raw.every((one) => is(one));

const withFields =
  <T extends object>(fields: { [K in keyof T]-?: Is<T[K]> }): Is<T> =>
  (raw): raw is T =>
    typeof raw === 'object' &&
    raw !== null &&
    (Object.keys(fields) as (keyof T)[]).every((name) => fields[name]((raw as T)[name]));

const either =
  <A, B>(isOne: Is<A>, isOther: Is<B>): Is<A | B> =>
  (raw): raw is A | B =>
    isOne(raw) || isOther(raw);

const isNull: Is<null> = (raw) => raw === null;
const colored: { [K in keyof Colored]: Is<Colored[K]> } = { name: isText, color: isText };
const isLineOffer = withFields<LineOffer>({
  name: isText,
  color: either(isText, isNull),
  isNew: isBoolean,
  line: isText,
  caret: isNumber,
});
const isTrue: Is<true> = (raw) => raw === true;
const isFalse: Is<false> = (raw) => raw === false;
const isDone = either(
  withFields<{ ok: true }>({ ok: isTrue }),
  withFields<{ ok: false; title: string; body: string }>({ ok: isFalse, title: isText, body: isText }),
);

const READERS: { [T in keyof ToastReplies]: Is<ToastReplies[T]> } = {
  'toast-complete-tags': listOf(withFields<TagOffer>({ ...colored, isNew: isBoolean })),
  'toast-complete-line': withFields<LineOffers>({ offers: listOf(isLineOffer), likeliest: isNumber }),
  'toast-find-databases': listOf(withFields<DatabaseOffer>({ id: isText, label: isText })),
  'toast-change': isDone,
  'toast-article': isDone,
  'toast-undo': isDone,
  'toast-open': isDone,
};

/** What came in answer to a message of that type; undefined when it is none, as when nobody answered. */
export function readToastReply<T extends keyof ToastReplies>(
  type: T,
  raw: unknown,
): ToastReplies[T] | undefined {
  const is: Is<ToastReplies[T]> = READERS[type];
  return is(raw) ? raw : undefined;
}
