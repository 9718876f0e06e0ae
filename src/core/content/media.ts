/** What is fetched from elsewhere: pictures, films, sounds and frames, and what of them Notion shows. */
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import type { Block } from '../notion/block.ts';
import { webAddress } from './inline.ts';

type Caption = RichTextItemRequest[];
const captioned = (caption: Caption) => (caption.length > 0 ? { caption } : {});

export const bookmark = (url: string, caption: Caption = []): Block => ({
  type: 'bookmark',
  bookmark: { url, ...captioned(caption) },
});

export const image = (url: string, caption: Caption): Block => ({
  type: 'image',
  image: { type: 'external', external: { url }, ...captioned(caption) },
});

const video = (url: string, caption: Caption): Block => ({
  type: 'video',
  video: { type: 'external', external: { url }, ...captioned(caption) },
});

/** The types that Notion plays ("File object" in its reference). */
const FILMS = /\.(?:amv|asf|wmv|avi|f4v|flv|gifv|m4v|mp4|mkv|webm|mov|qt|mpeg|mpg)$/i;
const SOUNDS = /\.(?:aac|adts|mid|midi|mp3|mpga|m4a|m4b|mp4|oga|ogg|opus|wav|wma)$/i;

/** A film or sound of the page itself; what Notion does not play is a bookmark. Null for one without an address. */
export function playedBlock(
  name: 'video' | 'audio',
  src: string | undefined,
  caption: Caption,
): Block | null {
  const url = webAddress(src);
  if (url === null) return null;
  const { pathname } = new URL(url);
  if (name === 'video') return FILMS.test(pathname) ? video(url, caption) : bookmark(url, caption);
  if (!SOUNDS.test(pathname)) return bookmark(url, caption);
  return { type: 'audio', audio: { type: 'external', external: { url }, ...captioned(caption) } };
}

/** Hosts of which Notion takes an `embed`: any other is refused with the whole request ("Embed" in its reference). */
const EMBEDDED = [
  'twitter.com',
  'x.com',
  'gist.github.com',
  'codepen.io',
  'figma.com',
  'loom.com',
  'replit.com',
  'miro.com',
  'excalidraw.com',
  'whimsical.com',
  'soundcloud.com',
  'open.spotify.com',
  'typeform.com',
  'deepnote.com',
];

/** What a frame shows: a film of YouTube or Vimeo, what Notion embeds, a PDF, or a bookmark of it. */
export function framedBlock(src: string | undefined, caption: Caption): Block | null {
  const url = webAddress(src);
  if (url === null) return null;
  const film = filmAddress(url);
  if (film !== null) return video(film, caption);
  const { hostname, pathname } = new URL(url);
  if (/\.pdf$/i.test(pathname))
    return { type: 'pdf', pdf: { type: 'external', external: { url }, ...captioned(caption) } };
  const host = hostname.replace(/^www\./, '');
  const isEmbedded = EMBEDDED.some((one) => host === one || host.endsWith(`.${one}`));
  return isEmbedded ? { type: 'embed', embed: { url, ...captioned(caption) } } : bookmark(url, caption);
}

/** Where a film is watched that is played in a frame; null for all else. */
function filmAddress(url: string): string | null {
  const { hostname, pathname, searchParams, hash } = new URL(url);
  const host = hostname.replace(/^(?:www|m)\./, '');
  if (host === 'youtube.com' || host === 'youtube-nocookie.com') {
    const [, id] = /^\/(?:embed|v|shorts)\/([\w-]{6,20})/.exec(pathname) ?? [];
    const start = searchParams.get('start') ?? '';
    const from = /^\d+$/.test(start) && start !== '0' ? `&t=${start}s` : '';
    return id === undefined || id === 'videoseries' ? null : `https://www.youtube.com/watch?v=${id}${from}`;
  }
  if (host !== 'player.vimeo.com') return null;
  const [, id] = /^\/video\/(\d+)/.exec(pathname) ?? [];
  // Films that are not listed have a key.
  const key = searchParams.get('h');
  return id === undefined ? null : `https://vimeo.com/${id}${key ? `/${key}` : ''}${hash}`;
}

/** Whether words say something of a picture, and are not the name of its file. */
export const isCaption = (alt: string): boolean =>
  /\S\s+\S/.test(alt.trim()) && !/\.(?:jpe?g|png|gif|webp|svg|avif)$/i.test(alt.trim());
