/** Reads what a page says: its article, its main part, or what is selected. */
import type { ContentElement, ContentNode } from '../../core/content/node.ts';
import type { PictureFile } from '../../core/content/read-content.ts';
import { nativeCall, nativeGet } from '../native.ts';
import { directiveOf } from '../quoted.ts';
import { chooseArticle } from './choose.ts';
import { type Copy, copyPage } from './copy-page.ts';
import { markedMessage } from './marked-message.ts';
import { takePictures } from './picture-bytes.ts';
import { plainTree } from './plain-tree.ts';
import { selectedIn } from './selected.ts';
import { videoPage } from './video-page.ts';

/** What was read, as it leaves the page: `ReadContent` once it is checked. */
export type FoundContent = {
  /** What was taken: `main` where no article was found but the page marks a main part. */
  kind: 'article' | 'main' | 'selection' | 'none';
  url: string;
  nodes: readonly ContentNode[];
  /** Of a selection: the directive of an address that leads to it. */
  directive?: string;
  /** Pictures that nobody else can fetch; elements refer to them by their place in this list. */
  files: readonly PictureFile[];
  /** `canvases`: drawings that could not be taken; they are not in the tree. */
  left: { canvases?: number };
  /** Whether the page has more than was read within the bounds. */
  isCut: boolean;
};

/** Milliseconds for the copy; choosing and the tree take about as long again. */
const COPY_TIME = 800;
/** Of the text of paragraphs; less is shown of a page that waits behind a banner. */
const SHOWN = 0.3;

/**
 * @param with.now milliseconds of a clock
 * @param with.transcript what the words of a film are called, for their reader
 */
export async function readContent(
  page: Document,
  what: 'article' | 'selection',
  { now, transcript }: { now: () => number; transcript: string },
): Promise<FoundContent> {
  const { node, live, kind, isCut, directive } =
    what === 'selection' ? readSelection(page, now) : readArticle(page, now, transcript);
  const { nodes, files, drawings } = await takePictures(node ? [node] : [], { page, live, now });
  const view = nativeGet(page, 'defaultView') as Window | null;
  return {
    kind,
    url: view?.location.href ?? '',
    nodes,
    files,
    left: drawings > 0 ? { canvases: drawings } : {},
    isCut,
    ...(directive ? { directive } : {}),
  };
}

type Read = Pick<Copy, 'live' | 'isCut'> &
  Pick<FoundContent, 'kind'> & {
    node: ContentElement | null;
    directive?: string | null;
  };

function readArticle(page: Document, now: () => number, transcript: string): Read {
  const video = videoPage(page, transcript);
  if (video) return { kind: 'article', node: video, live: new Map(), isCut: false };
  const message = markedMessage(page);
  if (message) {
    const {
      document: found,
      shapes,
      live,
      isCut,
    } = copyPage(page, { range: message, isLate: lateAfter(now) });
    return { kind: 'article', node: plainTree(found.body, shapes), live, isCut };
  }
  const shown = copyPage(page, { isLate: lateAfter(now) });
  const copy =
    paragraphs(shown.document) < SHOWN * paragraphs(page) && !shown.isCut
      ? copyPage(page, { withHidden: true, isLate: lateAfter(now) })
      : shown;
  copy.document.title = nativeGet(page, 'title') ?? '';
  const choice = chooseArticle(copy.document, copy.shapes);
  const node = choice && plainTree(choice.root, copy.shapes);
  return { kind: choice?.kind ?? 'none', node, live: copy.live, isCut: copy.isCut };
}

function readSelection(page: Document, now: () => number): Read {
  const isLate = lateAfter(now);
  const copies: Copy[] = selectedIn(page).map(({ within, range }) => copyPage(within, { range, isLate }));
  const children = copies.flatMap((copy) => plainTree(copy.document.body, copy.shapes).children);
  const hasContent = children.some((child) => typeof child !== 'string' || child.trim() !== '');
  const node = hasContent ? { name: 'div', attributes: {}, children } : null;
  const isCut = copies.some((copy) => copy.isCut);
  const live = new Map(copies.flatMap((copy) => [...copy.live]));
  const directive = copies.length === 1 ? directiveOf(page, wordsSelected(page)) : null;
  return { kind: node ? 'selection' : 'none', node, live, isCut, directive };
}

const wordsSelected = (page: Document): string => String(nativeCall(page, 'getSelection') ?? '');

function lateAfter(now: () => number): () => boolean {
  const end = now() + COPY_TIME;
  return () => now() > end;
}

/** How long the text of a document's paragraphs is, up to a bound. */
function paragraphs(page: Document): number {
  const found = nativeCall(page, 'querySelectorAll', 'p') as ArrayLike<Element>;
  let length = 0;
  for (let index = 0; index < Math.min(found.length, 2_000); index++) {
    length += nativeGet(found[index] as Element, 'textContent')?.trim().length ?? 0;
  }
  return length;
}
