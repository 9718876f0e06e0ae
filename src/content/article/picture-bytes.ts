/**
 * The bytes of pictures that nobody but the page can show: those within their own address, those that the page has made, those behind a
 * login or in a network of their own, and drawings. Nothing is asked of any network, and nothing in the page is changed.
 */
import type { ContentElement, ContentNode } from '../../core/content/node.ts';
import { isPictureType, MAX_PICTURE, MAX_PICTURES, MOST_PICTURES } from '../../core/content/picture-type.ts';
import type { PictureFile } from '../../core/content/read-content.ts';
import { hear } from '../hear.ts';
import { nativeCall, nativeGet } from '../native.ts';
import { isPrivateHost } from './private-host.ts';

/** Milliseconds after which no other one is begun, and for one alone. */
const TIME = 1_500;
const ONE_TIME = 3_000;
/** Pixels: wider is not needed, where a picture is drawn anew. */
const WIDE = 2_000;
/** Pixels of the small drawing by which it is told whether there is anything on it. */
const SAMPLE = 32;

export type Taken = {
  nodes: readonly ContentNode[];
  files: readonly PictureFile[];
  /** Drawings that could not be taken; they are not in the tree. */
  drawings: number;
};

type Picture = PictureFile & { bytes: number };
type Attributes = ContentElement['attributes'];

/**
 * @param live the element of the page that was copied, by the attributes of its copy
 * @param now milliseconds of a clock
 */
export async function takePictures(
  nodes: readonly ContentNode[],
  { page, live, now }: { page: Document; live: ReadonlyMap<object, Element>; now: () => number },
): Promise<Taken> {
  const end = now() + TIME;
  const isWalled = wallOf(page);
  const taken = new Map<Attributes, number>();
  /** What there is nothing to be seen on. */
  const blank = new Set<Attributes>();
  const files: PictureFile[] = [];
  let bytes = 0;
  for (const { attributes } of imagesIn(nodes)) {
    if (files.length === MOST_PICTURES || now() > end) break;
    const { src = '' } = attributes;
    const element = live.get(attributes);
    const isOwn = attributes.drawing !== undefined || /^(?:data|blob):/.test(src);
    if (!isOwn && !(element && isWalled(src))) continue;
    const picture = await taking(src, element);
    if (picture === 'blank') blank.add(attributes);
    else if (picture && bytes + picture.bytes <= MAX_PICTURES) {
      bytes += picture.bytes;
      taken.set(attributes, files.push({ type: picture.type, data: picture.data }) - 1);
    }
  }
  let drawings = 0;
  const withFiles = (node: ContentNode): readonly ContentNode[] => {
    if (typeof node === 'string') return [node];
    if (node.name !== 'img') {
      const children = node.children.flatMap(withFiles);
      return children.length === 0 && node.children.length > 0 ? [] : [{ ...node, children }];
    }
    const file = taken.get(node.attributes);
    const { drawing, src, ...rest } = node.attributes;
    if (file !== undefined) {
      const address = src !== undefined && /^https?:/.test(src) ? { src } : {};
      return [{ ...node, attributes: { ...address, ...rest, file: String(file) } }];
    }
    if (blank.has(node.attributes) && src !== undefined) return [];
    if (drawing === undefined) return [node];
    drawings += 1;
    return [];
  };
  return { nodes: nodes.flatMap(withFiles), files, drawings };
}

const imagesIn = (nodes: readonly ContentNode[]): ContentElement[] =>
  nodes.flatMap((node) =>
    typeof node === 'string' ? [] : node.name === 'img' ? [node] : imagesIn(node.children),
  );

/** Null when it cannot be had in time. */
async function taking(src: string, element: Element | undefined): Promise<Picture | 'blank' | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ONE_TIME);
  });
  return Promise.race([take(src, element).catch(() => null), late]).finally(() => clearTimeout(timer));
}

async function take(src: string, element: Element | undefined): Promise<Picture | 'blank' | null> {
  const drawing = element && drawable(element);
  const isPlaceholder = src === '' || /^data:image\/(?:gif|svg)/i.test(src);
  if (drawing && isPlaceholder && (await isBlank(drawing))) return 'blank';
  const own = /^data:/i.test(src) ? ofData(src) : null;
  if (own) return own;
  // Even what the browser has would count as a request of the page's: a picture that is shown is drawn anew.
  return drawing ? drawn(drawing, src === '' ? 'image/png' : 'image/webp') : null;
}

/**
 * https://www.rfc-editor.org/rfc/rfc2397. All of it in strings: what the platform gives a content script in typed arrays, Firefox does
 * not let it read.
 */
function ofData(src: string): Picture | null {
  const comma = src.indexOf(',');
  const [type = '', ...parameters] = src.slice('data:'.length, comma).toLowerCase().split(';');
  if (comma === -1 || !isPictureType(type)) return null;
  try {
    const text = decodeURIComponent(src.slice(comma + 1));
    const isBase64 = parameters.some((one) => one.trim() === 'base64');
    const signs = isBase64 ? atob(text) : bytesOf(text);
    return signs.length <= MAX_PICTURE ? { type, data: btoa(signs), bytes: signs.length } : null;
  } catch {
    return null;
  }
}

/** The bytes of a text in UTF-8, each as one sign. */
const bytesOf = (text: string): string =>
  encodeURIComponent(text).replace(/%([0-9A-F]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

const base64Of = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    hear(reader, 'load', () => resolve(String(reader.result).replace(/^.*?,/, '')));
    hear(reader, 'error', () => reject(reader.error));
    reader.readAsDataURL(blob);
  });

type Drawable = { image: CanvasImageSource; width: number; height: number };

function drawable(element: Element): Drawable | null {
  const image = element as HTMLImageElement & HTMLCanvasElement;
  const width = nativeGet(image, 'naturalWidth') ?? nativeGet(image, 'width') ?? 0;
  const height = nativeGet(image, 'naturalHeight') ?? nativeGet(image, 'height') ?? 0;
  return width > 0 && height > 0 ? { image, width, height } : null;
}

function onCanvas({ image, width, height }: Drawable, most: number): OffscreenCanvas {
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/**
 * Whether all of it has one colour: then it is the same as one point of it that fills the whole. Throws for what the page must not read
 * itself.
 */
async function isBlank(drawing: Drawable): Promise<boolean> {
  const small = onCanvas(drawing, SAMPLE);
  const { width, height } = small;
  const [point, filled] = [new OffscreenCanvas(1, 1), new OffscreenCanvas(width, height)];
  point.getContext('2d')?.drawImage(small, 0, 0, 1, 1, 0, 0, 1, 1);
  const pen = filled.getContext('2d');
  if (pen) pen.imageSmoothingEnabled = false;
  pen?.drawImage(point, 0, 0, width, height);
  const [one, other] = await Promise.all(
    [small, filled].map(async (each) => base64Of(await each.convertToBlob())),
  );
  return one === other;
}

/** As it is shown, drawn anew; null where it is too large even so. */
async function drawn(drawing: Drawable, type: 'image/png' | 'image/webp'): Promise<Picture | null> {
  const canvas = onCanvas(drawing, WIDE);
  for (const as of [
    { type, quality: 0.9 },
    { type: 'image/webp', quality: 0.6 },
  ]) {
    const blob = await canvas.convertToBlob(as);
    const { size, type: made } = blob;
    // What a browser cannot write it writes as PNG.
    if (size <= MAX_PICTURE && isPictureType(made))
      return { type: made, data: await base64Of(blob), bytes: size };
  }
  return null;
}

const SIGNED_IN = ['logout', 'log-out', 'log_out', 'signout', 'sign-out', 'sign_out']
  .flatMap((word) => [`a[href*="${word}" i]`, `form[action*="${word}" i]`])
  .join();

/** Whether a picture of this page can be seen by the page's reader alone. */
function wallOf(page: Document): (src: string) => boolean {
  const view = nativeGet(page, 'defaultView') as Window | null;
  const { origin, hostname } = view?.location ?? { origin: '', hostname: '' };
  const isPrivate = isPrivateHost(hostname);
  const isSignedIn = nativeCall(page, 'querySelector', SIGNED_IN) !== null;
  return (src) => (isPrivate || isSignedIn) && URL.canParse(src) && new URL(src).origin === origin;
}
