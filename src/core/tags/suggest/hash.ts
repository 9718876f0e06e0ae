/**
 * A text as a number of 32 bits, never 0: FNV-1a over its UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/), mixed in the
 * end as MurmurHash3 does, as the upper bits are looked at first. To save room; it hides nothing.
 */
export function hashOf(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}
