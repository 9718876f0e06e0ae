/** The address of the picture that an image element shows, or will show once it is scrolled to. */
import { nativeCall, nativeGet } from '../native.ts';
import { attributeOf, isElement, nameOf, wordsOf } from './live-node.ts';

export type Picture = { src: string; alt: string; width: number | undefined; height: number | undefined };

/** In the order in which they are believed. */
const LAZY = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-actualsrc',
  'data-lazy',
  'data-original-src',
  'data-hi-res-src',
  'data-full-src',
];
const LAZY_SETS = ['data-srcset', 'data-lazy-srcset'];
/** Pixels: what is smaller decorates a page, or stands where a picture is to come. */
export const DECORATION = 32;
/** Pixels: wider is not needed where there is a choice. */
const WIDE = 2_000;

/** @returns none for what decorates, and for what has no address */
export function pictureOf(image: Element, base: string): Picture | undefined {
  const natural = {
    width: nativeGet(image as HTMLImageElement, 'naturalWidth') || undefined,
    height: nativeGet(image as HTMLImageElement, 'naturalHeight') || undefined,
  };
  const declared = { width: sizeOf(image, 'width'), height: sizeOf(image, 'height') };
  const shown = nativeGet(image as HTMLImageElement, 'currentSrc') || attributeOf(image, 'src');
  const isPlaceholder =
    shown === '' ||
    /^data:image\/(?:gif|svg)/i.test(shown) ||
    isTiny(natural) ||
    /(?:placeholder|spacer|blank|pixel|transparent|1x1)[\w-]*\.(?:gif|png|svg)/i.test(shown);
  const isLoaded = natural.width !== undefined && !isPlaceholder;
  const later = isLoaded ? undefined : laterOf(image, base);
  const src = later ?? absolute(shown, base);
  if (!src) return undefined;
  if (!later && (isTiny(natural) || isTiny(declared))) return undefined;
  const size = later || !natural.width ? declared : natural;
  return { src, alt: attributeOf(image, 'alt').trim(), ...size };
}

const isTiny = ({ width, height }: { width: number | undefined; height: number | undefined }): boolean =>
  width !== undefined && height !== undefined && width < DECORATION && height < DECORATION;

const sizeOf = (image: Element, name: string): number | undefined => {
  const written = attributeOf(image, name);
  return /^\d+(?:px)?$/.test(written) ? Number.parseInt(written, 10) : undefined;
};

/** What the page keeps for later: attributes of the image, of its `picture`, or an image for browsers without scripts. */
function laterOf(image: Element, base: string): string | undefined {
  for (const name of LAZY) {
    const found = absolute(attributeOf(image, name), base);
    if (found && !/^data:/.test(found)) return found;
  }
  const sets = [...LAZY_SETS, 'srcset'].map((name) => attributeOf(image, name));
  const parent = nativeGet(image, 'parentElement');
  if (parent && nameOf(parent) === 'picture') {
    const sources = nativeCall(parent, 'querySelectorAll', 'source') as ArrayLike<Element>;
    for (const source of Array.from(sources)) {
      sets.push(attributeOf(source, 'data-srcset') || attributeOf(source, 'srcset'));
    }
  }
  for (const set of sets) {
    const found = widest(set, base);
    if (found) return found;
  }
  const own = attributeOf(image, 'src');
  if (own !== '' && !/^data:/i.test(own)) return undefined;
  const next = nativeGet(image, 'nextElementSibling');
  return next && isElement(next) && nameOf(next) === 'noscript' ? ofNoscript(next, base) : undefined;
}

/** The picture in a `noscript`, whose content is text where scripts run. */
export function ofNoscript(noscript: Element, base: string): string | undefined {
  const parsed = new DOMParser().parseFromString(`<body>${wordsOf(noscript)}`, 'text/html');
  const image =
    parsed.querySelector('img') ?? (nativeCall(noscript, 'querySelector', 'img') as Element | null);
  if (!image) return undefined;
  return laterOf(image, base) ?? absolute(attributeOf(image, 'src'), base);
}

/** The widest of a `srcset` up to 2,000 pixels (https://html.spec.whatwg.org/multipage/images.html#srcset-attributes). */
export function widest(set: string, base: string): string | undefined {
  let best: { address: string; width: number } | undefined;
  for (const [, address = '', size = ''] of set.matchAll(
    /\s*,*\s*(\S*[^\s,])(?:\s+([\d.]+[wx]))?\s*(?:,|$)/g,
  )) {
    const resolved = absolute(address, base);
    if (!resolved || /^data:/.test(resolved)) continue;
    const width = size.endsWith('w') ? Number.parseFloat(size) : (Number.parseFloat(size) || 1) * 600;
    const isBetter =
      best === undefined || (width <= WIDE ? best.width > WIDE || width > best.width : width < best.width);
    if (isBetter) best = { address: resolved, width };
  }
  return best?.address;
}

/** A picture's address; also what the page holds itself. */
function absolute(written: string, base: string): string | undefined {
  return addressOf(written, base, /^(?:https?|data|blob):$/);
}

/** The address that is written there, as `base` resolves it, when its scheme is one of those. */
export function addressOf(
  written: string,
  base: string,
  schemes = /^(?:https?|mailto|tel):$/,
): string | undefined {
  if (written.trim() === '') return undefined;
  try {
    const url = new URL(written.trim(), base);
    return schemes.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
