import * as z from 'zod/mini';
import readPageScript from '../content/read-page.iife.ts?script';
import { PageFacts } from '../core/capture/capture.ts';
import { failed, ok, type Result } from '../core/failure.ts';
import { execute, fromRoot, withTimeout } from './inject.ts';

/** Reads the page in that tab. Fails where the browser lets nothing be run: its own pages, its store, a PDF viewer. */
export async function readPage(
  tabId: number,
  wants: { words: boolean; directive?: boolean } = { words: true },
): Promise<Result<PageFacts>> {
  try {
    const facts = z.safeParse(PageFacts, await withTimeout(run(tabId, wants)));
    return facts.success ? ok(facts.data) : failed('page-not-savable');
  } catch (error) {
    return failed('page-not-savable', { detail: error instanceof Error ? error.message : String(error) });
  }
}

async function run(tabId: number, wants: { words: boolean }): Promise<unknown> {
  // Both at once, in whatever order they come.
  const [, [frame]] = await Promise.all([
    execute({ target: { tabId }, files: [fromRoot(readPageScript)] }),
    execute({ target: { tabId }, func: readWhenReady, args: [wants] }),
  ]);
  return frame?.result;
}

/** Runs in the page: it may use nothing from around it. */
function readWhenReady(wants: unknown): unknown {
  const here = globalThis as unknown as {
    __rowmarkReadPage?(wants: unknown): unknown;
    __rowmarkReadings?: (() => void)[];
  };
  if (here.__rowmarkReadPage) return here.__rowmarkReadPage(wants);
  here.__rowmarkReadings ??= [];
  return new Promise((resolve) => {
    here.__rowmarkReadings?.push(() => resolve(here.__rowmarkReadPage?.(wants)));
  });
}
