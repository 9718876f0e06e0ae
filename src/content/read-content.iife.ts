/** Injected when a page's content is asked for: leaves a function that reads it. */
import { type FoundContent, readContent } from './article/read-content.ts';

declare global {
  var __rowmarkReadContent: (what: 'article' | 'selection', transcript: string) => Promise<FoundContent>;
}

globalThis.__rowmarkReadContent = (what, transcript) =>
  readContent(document, what, { now: () => performance.now(), transcript });
