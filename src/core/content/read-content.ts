/** What a page itself says, as it was read in its tab. */
import type { ContentNode } from './node.ts';
import type { ContentKind } from './page-content.ts';

export type ReadContent = {
  kind: ContentKind;
  /** The page's address when it was read: by then, the tab may show another. */
  url: string;
  nodes: readonly ContentNode[];
  /** How much of what the page shows could not be read. */
  left: Readonly<Record<string, number>>;
  /** The page is longer than what can be read in time. */
  isCut: boolean;
};
