/** Firefox's compressed backups: `mozLz40`, the length, then one block of LZ4 (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md). */

const MAGIC = 'mozLz40\0';
/** Bytes; no backup of bookmarks is near. */
const LARGEST = 512 * 1024 * 1024;

export const isMozLz4 = (bytes: Uint8Array): boolean =>
  bytes.length > 12 && [...MAGIC].every((sign, at) => bytes[at] === sign.charCodeAt(0));

/** @throws RangeError when it is damaged */
export function readMozLz4(bytes: Uint8Array): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  if (length > LARGEST) throw new RangeError('The backup says that it is larger than any is');
  return decompressBlock(bytes.subarray(12), new Uint8Array(length));
}

function decompressBlock(from: Uint8Array, into: Uint8Array): Uint8Array {
  let [at, to] = [0, 0];
  const next = (): number => {
    const byte = from[at++];
    if (byte === undefined) throw new RangeError('The backup ends too early');
    return byte;
  };
  /** Lengths of fifteen and more go on in the bytes that follow. */
  const lengthOf = (nibble: number): number => {
    let length = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; length += more) more = next();
    return length;
  };
  while (at < from.length) {
    const token = next();
    const literals = lengthOf(token >> 4);
    if (at + literals > from.length || to + literals > into.length)
      throw new RangeError('The backup is damaged');
    into.set(from.subarray(at, at + literals), to);
    [at, to] = [at + literals, to + literals];
    // The last piece has nothing but literals.
    if (at === from.length) break;
    const back = next() | (next() << 8);
    const length = lengthOf(token & 15) + 4;
    if (back === 0 || back > to || to + length > into.length) throw new RangeError('The backup is damaged');
    // It may reach into what it writes itself: byte by byte.
    for (const end = to + length; to < end; to++) into[to] = into[to - back] as number;
  }
  if (to !== into.length) throw new RangeError('The backup ends too early');
  return into;
}
