/** Tags of markup that no parser of HTML can be trusted with, read by hand. */
import { decodeEntities } from '../entities.ts';

/** An element's attributes, by their names in lower case, and where its tag ends. */
export type Tag = { attributes: ReadonlyMap<string, string>; end: number };

/** Values may be as long as an icon is, and quotes may be missing: where none follows is looked for once. */
export function createTagReader(text: string) {
  /** From here on there is no such quote any more. */
  const last: Record<string, number> = { '"': text.lastIndexOf('"'), "'": text.lastIndexOf("'") };

  /** @param at after the element's name. @returns raw values: what they mean depends on the file */
  return function readTag(at: number): Tag {
    const attributes = new Map<string, string>();
    const name = /[\s/]*([^\s=>/"']+)?(?:\s*=\s*)?/y;
    const word = /[^\s>]*/y;
    let place = at;
    while (place < text.length) {
      name.lastIndex = place;
      const [whole = '', key] = name.exec(text) ?? [];
      place += whole.length;
      const sign = text[place] ?? '>';
      if (key === undefined) {
        // A stray sign is passed by.
        if (sign === '>') return { attributes, end: place + 1 };
        place += 1;
      } else if (!whole.includes('=')) {
        attributes.set(key.toLowerCase(), '');
      } else if (sign === '"' || sign === "'") {
        const end = place < (last[sign] ?? -1) ? text.indexOf(sign, place + 1) : -1;
        if (end < 0) return { attributes, end: text.indexOf('>', place) + 1 || text.length };
        attributes.set(key.toLowerCase(), text.slice(place + 1, end));
        place = end + 1;
      } else {
        word.lastIndex = place;
        const [value = ''] = word.exec(text) ?? [];
        attributes.set(key.toLowerCase(), value);
        place += value.length;
      }
    }
    return { attributes, end: text.length };
  };
}

/**
 * Some writers encode `&` in addresses and others do not: `?a=1&copy=2` is such an address, and no sign. What a file does is
 * seen by all of its addresses together.
 */
export function addressDecoder(addresses: readonly string[]): (raw: string) => string {
  const encodes = addresses.some((one) => /&(?:amp|#38|#x26);/i.test(one));
  const leaves = addresses.some((one) => /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(one));
  // Those that leave it encode the quotes alone, which end an attribute.
  return encodes && !leaves ? decodeEntities : (raw) => raw.replace(/&quot;/g, '"');
}
