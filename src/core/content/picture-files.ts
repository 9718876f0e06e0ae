/**
 * Pictures that are brought to Notion as files. In stored blocks, each has a name of ours in place of the upload that there will
 * be; an upload lapses when it is not used within an hour, so it is made right before the part that shows it is sent.
 */
import type { RichTextItemRequest } from '@notionhq/client/build/src/api-endpoints/common.js';
import { type Block, bodyOf, childrenOf } from '../notion/block.ts';
import type { PageContent } from './page-content.ts';

type Files = NonNullable<PageContent['files']>;
type Caption = RichTextItemRequest[];

const NAME = /^rowmark-file:(\d+) ?(.*)$/s;

/** @param url where it can be seen by those whom its host lets in, if it has an address */
export const pictureFile = (file: number, url: string | null, caption: Caption): Block => ({
  type: 'image',
  image: {
    type: 'file_upload',
    file_upload: { id: `rowmark-file:${file}${url === null ? '' : ` ${url}`}` },
    ...(caption.length > 0 ? { caption } : {}),
  },
});

/** No picture has this number: what stands in place of one that is to be left out. */
const LOST = 99;

/** In place of a picture that has no address and is not to be brought. */
export const lostPicture = ({ caption }: Shown): Block => pictureFile(LOST, null, caption);

/** A picture by the number of its file, and its address, empty when it has none. */
type Shown = { file: number; url: string; caption: Caption };

/** The file that a block of ours shows; null for all other blocks. */
export function fileOf(block: Block): Shown | null {
  const { file_upload: upload, caption = [] } = bodyOf(block).body as {
    file_upload?: { id: string };
    caption?: Caption;
  };
  const [name, file, url = ''] = NAME.exec(upload?.id ?? '') ?? [];
  return name === undefined ? null : { file: Number(file), url, caption };
}

/** The files that these blocks and those within them show. */
export const filesIn = (blocks: readonly Block[]): Shown[] =>
  blocks.flatMap((block) => [
    ...[fileOf(block)].filter((file) => file !== null),
    ...filesIn(childrenOf(block)),
  ]);

/** How many pictures of these blocks are to be brought and have no address. */
export const withoutLink = (blocks: readonly Block[]): number =>
  filesIn(blocks).filter(({ file, url }) => url === '' && file !== LOST).length;

/**
 * The blocks as they are sent, each of them still one block: with the uploads that there are; in place of a picture that could not be
 * uploaded, its link, and where it has none, `missing`.
 */
export const withUploads = (blocks: readonly Block[], files: Files, missing: string): Block[] =>
  blocks.map((block) => {
    const shown = fileOf(block);
    if (shown) return imageOf(shown, files[shown.file]?.upload?.id, missing);
    const { type, body } = bodyOf(block);
    if (!body.children) return block;
    return { ...block, [type]: { ...body, children: withUploads(body.children, files, missing) } } as Block;
  });

function imageOf({ url, caption }: Shown, upload: string | undefined, missing: string): Block {
  const captioned = caption.length > 0 ? { caption } : {};
  if (upload !== undefined)
    return { type: 'image', image: { type: 'file_upload', file_upload: { id: upload }, ...captioned } };
  if (url !== '') return { type: 'image', image: { type: 'external', external: { url }, ...captioned } };
  const note = {
    type: 'text',
    text: { content: missing },
    annotations: { italic: true, color: 'gray' },
  } as const;
  const between = caption.length > 0 ? [{ type: 'text', text: { content: ' ' } } as const] : [];
  return { type: 'paragraph', paragraph: { rich_text: [note, ...between, ...caption.slice(0, 98)] } };
}
