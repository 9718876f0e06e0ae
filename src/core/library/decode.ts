/** Bytes to text, by what they say of themselves. */

/** So far into a file its encoding is named, in bytes. */
const HEAD = 1_024;

/**
 * UTF-8 unless a mark at the beginning, a name in the head or what it is made of says otherwise; windows-1252 where it is
 * none of them, as that has a sign for nearly every byte.
 */
export function decode(bytes: Uint8Array): string {
  const named = encodingOf(bytes);
  for (const encoding of named ? [named, 'utf-8'] : ['utf-8']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not that, or a name that nobody knows.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  const head = bytes.subarray(0, HEAD);
  // Half of the bytes of western text in UTF-16 are zero, all of them on one side.
  const zeros = [0, 1].map((side) => head.filter((byte, at) => byte === 0 && at % 2 === side).length);
  if (head.length > 3 && Math.max(...zeros) > head.length / 4)
    return (zeros[1] ?? 0) > (zeros[0] ?? 0) ? 'utf-16le' : 'utf-16be';
  const words = String.fromCharCode(...head);
  return (
    /charset\s*=\s*["']?\s*([\w-]+)/i.exec(words)?.[1] ??
    /<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/i.exec(words)?.[1]
  );
}
