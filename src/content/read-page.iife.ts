/** Injected on the user's gesture: leaves a function that reads the page, to be called right after. */
import type { PageFacts } from '../core/capture/capture.ts';
import { readPageFacts } from './page-facts.ts';

declare global {
  var __rowmarkReadPage: (wants?: { words: boolean }) => PageFacts;
}

globalThis.__rowmarkReadPage = (wants) => readPageFacts(document, location, wants);
