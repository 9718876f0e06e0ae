import type { PageCoverRequest, PageIconRequest } from '../contract/requests.ts';
import { failedValidation, instead, type Refusable, tooLong } from '../errors.ts';
import type { Media } from '../model.ts';

const maxUrl = 2000;
// biome-ignore lint/complexity/useRegexLiterals: the compiler's target does not know the flag v, Node 20 does.
const emoji = new RegExp('^\\p{RGI_Emoji}$', 'v');

/** An address as Notion takes it for files, covers and icons; `undefined` when it is fine. */
export function brokenFileUrl(url: string, path: string): string | undefined {
  if (url === '') return `${path} should be populated, ${instead(url)}`;
  if (url.length > maxUrl) return tooLong(path, maxUrl, url.length);
  return undefined;
}

/** An icon or cover of a request in the shape responses have. */
export function acceptMedia(
  request: PageIconRequest | PageCoverRequest | null | undefined,
  path: string,
): Refusable<Media> {
  if (request === null || request === undefined) return null;
  if ('emoji' in request) {
    return emoji.test(request.emoji)
      ? { type: 'emoji', emoji: request.emoji }
      : failedValidation([`${path}.emoji should be a valid emoji, ${instead(request.emoji)}`]);
  }
  if ('external' in request) {
    const broken = brokenFileUrl(request.external.url, `${path}.external.url`);
    return broken
      ? failedValidation([broken])
      : { type: 'external', external: { url: request.external.url } };
  }
  if ('icon' in request) {
    return { type: 'icon', icon: { name: request.icon.name, color: request.icon.color ?? 'gray' } };
  }
  if ('custom_emoji' in request) {
    return failedValidation([`${path}.custom_emoji.id should be a custom emoji of the workspace`]);
  }
  return failedValidation([`${path}.file_upload.id should be an uploaded file`]);
}
