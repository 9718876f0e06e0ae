/** Injected on the user's gesture: leaves a function that reads the page, and reads it for whoever is waiting for that. */
import type { PageFacts } from '../core/capture/capture.ts';
import { readPageFacts } from './page-facts.ts';

declare global {
  var __rowmarkReadPage: (wants?: { words: boolean; directive?: boolean }) => PageFacts;
  var __rowmarkReadings: (() => void)[] | undefined;
}

globalThis.__rowmarkReadPage = (wants) => readPageFacts(document, location, wants);
for (const read of globalThis.__rowmarkReadings?.splice(0) ?? []) read();
