/** What a page itself says, as it was read in its tab. */
import type { ContentNode } from './node.ts';
import type { ContentKind } from './page-content.ts';
import type { PictureType } from './picture-type.ts';

/** A picture whose bytes were read, as nobody but the page can fetch it. */
export type PictureFile = {
  /** Its media type, one that Notion takes. */
  type: PictureType;
  /** Its bytes, in base64 as `btoa` writes it. */
  data: string;
};

export type ReadContent = {
  kind: ContentKind;
  /** The page's address when it was read: by then, the tab may show another. */
  url: string;
  nodes: readonly ContentNode[];
  /** Pictures that come along; elements refer to them by their place in this list. */
  files: readonly PictureFile[];
  /** Of a selection: the directive of an address that leads to it, `text=…`, where that can be told. */
  directive?: string | undefined;
  /** How much of what the page shows could not be read. */
  left: Readonly<Record<string, number>>;
  /** The page is longer than what can be read in time. */
  isCut: boolean;
};
