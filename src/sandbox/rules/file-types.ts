/** Which files Notion takes ("Working with files and media"), by extension. Those that an article can hold are named whole. */

export type FileKind = 'image' | 'video' | 'audio' | 'document';

const kinds: Record<FileKind, Record<string, string>> = {
  image: {
    gif: 'image/gif',
    heic: 'image/heic',
    ico: 'image/vnd.microsoft.icon',
    jpeg: 'image/jpeg',
    jpg: 'image/jpeg',
    png: 'image/png',
    svg: 'image/svg+xml',
    tif: 'image/tiff',
    tiff: 'image/tiff',
    webp: 'image/webp',
  },
  video: { mov: 'video/quicktime', mp4: 'video/mp4', webm: 'video/webm' },
  audio: { aac: 'audio/aac', mp3: 'audio/mpeg', ogg: 'audio/ogg', wav: 'audio/wav', wma: 'audio/x-ms-wma' },
  document: { html: 'text/html', json: 'application/json', pdf: 'application/pdf', txt: 'text/plain' },
};

const all = Object.assign({}, ...Object.values(kinds)) as Record<string, string>;

const extensionOf = (filename: string): string => /\.([^./]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';

/** Without its parameters. */
export const bareType = (contentType: string): string =>
  contentType.split(';')[0]?.trim().toLowerCase() ?? '';

/** The type that a name stands for; undefined when Notion takes none of that name. */
export const typeOfName = (filename: string): string | undefined => all[extensionOf(filename)];

export const isTaken = (contentType: string): boolean => Object.values(all).includes(bareType(contentType));

/** Whether a block of that type can show such a file. */
export function canShow(blockType: string, contentType: string): boolean {
  if (blockType === 'file') return true;
  if (blockType === 'pdf') return contentType === 'application/pdf';
  return Object.values(kinds[blockType as FileKind] ?? {}).includes(contentType);
}
