/** What other sites show in a page: frames, and posts of social networks. */
import { nativeCall, nativeGet } from '../native.ts';
import { attributeOf, classOf } from './live-node.ts';
import { addressOf } from './picture.ts';

/** Hosts of frames that advertise, measure, or ask for a click. */
const NOT_CONTENT =
  /(?:^|\.)(?:doubleclick\.net|googlesyndication\.com|googletagmanager\.com|adnxs\.com|taboola\.com|outbrain\.com|amazon-adsystem\.com|recaptcha\.net|criteo\.(?:com|net))$/;
/** Pixels. */
const SMALL = 60;

/** A frame's address and title; none for frames that are no part of what the page says. */
export function frameOf(frame: Element, base: string): Record<string, string> | undefined {
  const video = attributeOf(frame, 'videoid');
  const written =
    attributeOf(frame, 'data-src') || attributeOf(frame, 'data-lazy-src') || attributeOf(frame, 'src');
  const src = addressOf(video ? `https://www.youtube.com/embed/${video}` : written, base, /^https?:$/);
  if (!src || NOT_CONTENT.test(new URL(src).hostname)) return undefined;
  const isSmall = (name: 'width' | 'height'): boolean => {
    const size = Number.parseInt(attributeOf(frame, name), 10);
    return size < SMALL;
  };
  if (isSmall('width') || isSmall('height')) return undefined;
  const title = attributeOf(frame, 'title').trim();
  return { src, ...(title ? { title } : {}) };
}

const POST =
  /(?:^|\s)(?:twitter-tweet|twitter-video|mastodon-embed|bluesky-embed|instagram-media|tiktok-embed|reddit-embed-bq)(?:\s|$)/;

/** The address of the post that the element shows. */
export function postOf(element: Element, name: string, base: string): string | undefined {
  const tweet = attributeOf(element, 'data-tweet-id');
  if (/^\d+$/.test(tweet)) return `https://twitter.com/i/status/${tweet}`;
  if (name !== 'blockquote' || !POST.test(classOf(element))) return undefined;
  for (const attribute of ['cite', 'data-instgrm-permalink', 'data-embed-url']) {
    const given = addressOf(attributeOf(element, attribute), base, /^https?:$/);
    if (given) return given;
  }
  const bluesky = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([\w-]+)$/.exec(
    attributeOf(element, 'data-bluesky-uri'),
  );
  if (bluesky) return `https://bsky.app/profile/${bluesky[1]}/post/${bluesky[2]}`;
  const links = Array.from(nativeCall(element, 'querySelectorAll', 'a[href]') as ArrayLike<Element>);
  const last = links.at(-1);
  return last && nativeGet(last, 'localName')
    ? addressOf(attributeOf(last, 'href'), base, /^https?:$/)
    : undefined;
}
