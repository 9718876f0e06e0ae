/** Reads the fields out of a request's body: small, JSON or form, each field once. */
import type { Refusal } from './answer.ts';

const MAX_BODY_BYTES = 4096;

export type FieldsReading =
  | { readonly ok: true; readonly fields: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

const refusal = (status: Refusal['status'], description: string) =>
  ({ ok: false, refusal: { status, error: 'invalid_request', description } }) as const;

const TOO_LARGE = refusal(413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
const WRONG_TYPE = refusal(
  415,
  'The body must be application/json or application/x-www-form-urlencoded, in UTF-8 and not compressed.',
);
const CUT_SHORT = refusal(400, 'The body ended early.');
const NOT_TEXT = refusal(400, 'The body is not UTF-8.');
const NOT_JSON = refusal(400, 'The body is not JSON.');
const REPEATED = refusal(400, 'The body has a field twice.');

const CONTENT_TYPE = /^application\/(json|x-www-form-urlencoded)[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?$/i;

/** `ignoreBOM` keeps a byte order mark in the text, where it is then refused like any other stray character. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A request as its host has it: what is asked of it is read at once, and nothing else is made of it. */
export interface SentBody {
  /** The value of a header by its name in small letters; of several, all of them, with commas between. */
  header(name: string): string | undefined;
  /** The body's bytes, or that there are more than `most`. Rejects when it ends early. */
  bytes(most: number): Promise<Uint8Array | 'too-large'>;
}

/** For hosts that have nothing but a `Request`: the bytes are counted as they come. */
export const bodyOf = (request: Request): SentBody => ({
  header: (name) => request.headers.get(name) ?? undefined,
  async bytes(most) {
    const kept = new Uint8Array(most);
    let length = 0;
    if (request.body !== null) {
      const reader = request.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        if (length + part.value.byteLength > most) {
          // Not awaited: a source that never ends its cancellation must not hold up the answer.
          void reader.cancel().catch(() => undefined);
          return 'too-large';
        }
        kept.set(part.value, length);
        length += part.value.byteLength;
      }
    }
    return kept.subarray(0, length);
  },
});

/** Where a length is declared and no other framing is, the host's parser holds the client to it. */
const declaresTooMuch = (sent: SentBody): boolean => {
  const declared = sent.header('content-length');
  return (
    declared !== undefined &&
    sent.header('transfer-encoding') === undefined &&
    !(Number(declared) <= MAX_BODY_BYTES)
  );
};

/**
 * Whether the JSON text of a flat object names a field more than once, which `JSON.parse` hides. In a flat object whose
 * values are all strings there are exactly two strings a field; a hidden repetition adds at least one more.
 */
const hidesRepetition = (json: string, fields: Readonly<Record<string, string>>) =>
  countStrings(json) !== 2 * Object.keys(fields).length;

/** The strings of a JSON text. Without a backslash, which is usual, each has two quotation marks and there are no others. */
function countStrings(json: string): number {
  if (json.includes('\\')) return json.match(/"(?:[^"\\]|\\.)*"/g)?.length ?? 0;
  let marks = 0;
  for (let at = json.indexOf('"'); at >= 0; at = json.indexOf('"', at + 1)) marks += 1;
  return marks / 2;
}

const isFlat = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((field) => typeof field === 'string');

function readJson(text: string): FieldsReading {
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
  // What is not flat has no place in any request and is refused by its schema.
  return isFlat(fields) && hidesRepetition(text, fields) ? REPEATED : { ok: true, fields };
}

function readForm(text: string): FieldsReading {
  const entries = [...new URLSearchParams(text)];
  const fields = Object.fromEntries(entries);
  return Object.keys(fields).length === entries.length ? { ok: true, fields } : REPEATED;
}

/** The fields of a body, not yet checked against what a route accepts; RFC 6749 section 3.2 forbids repeated ones. */
export async function readFields(sent: SentBody): Promise<FieldsReading> {
  const type = CONTENT_TYPE.exec(sent.header('content-type') ?? '')?.[1]?.toLowerCase();
  if (type === undefined || sent.header('content-encoding') !== undefined) return WRONG_TYPE;
  if (declaresTooMuch(sent)) return TOO_LARGE;

  let bytes: Uint8Array | 'too-large';
  try {
    bytes = await sent.bytes(MAX_BODY_BYTES);
  } catch {
    return CUT_SHORT;
  }
  if (bytes === 'too-large') return TOO_LARGE;

  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return NOT_TEXT;
  }
  return type === 'json' ? readJson(text) : readForm(text);
}
