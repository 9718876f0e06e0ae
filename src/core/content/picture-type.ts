/** What of pictures Notion takes as files ("Working with files and media" in its reference), and how much of it. */

/** Media types, each with the ending that a file of it is to have. AVIF and BMP are none of them. */
const ENDINGS = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'image/tiff': 'tiff',
  'image/heic': 'heic',
  'image/x-icon': 'ico',
} as const satisfies Record<string, string>;

export type PictureType = keyof typeof ENDINGS;

/** Bytes of one file on the smallest plan ("Supported file sizes"). */
export const MAX_PICTURE = 5 * 1024 * 1024;
/** Of one page. A page with more pictures that nobody else can fetch is an album. */
export const MOST_PICTURES = 20;
/** Bytes of them all. */
export const MAX_PICTURES = 20 * 1024 * 1024;

export const isPictureType = (type: string): type is PictureType => Object.hasOwn(ENDINGS, type);

/** A name that agrees with the type: Notion refuses one that does not. */
export const pictureName = (number: number, type: PictureType): string =>
  `picture-${number + 1}.${ENDINGS[type]}`;
