/** Reading what a page itself says. The script for that is injected only when somebody asks for it. */
import readContentScript from '../content/read-content.iife.ts?script';
import { parseContent } from '../core/content/parse-content.ts';
import type { ReadContent } from '../core/content/read-content.ts';
import type { ContentWanted } from '../core/database/form-settings.ts';
import { execute, fromRoot } from './inject.ts';
import { text } from './text.ts';

/** Null where the browser lets nothing be run, and where there is nothing of the kind. */
export async function readContent(tabId: number, wanted: ContentWanted): Promise<ReadContent | null> {
  try {
    await execute({ target: { tabId }, files: [fromRoot(readContentScript)] });
    const [frame] = await execute({
      target: { tabId },
      func: readHere,
      args: [wanted, text('content_transcript')],
    });
    return parseContent(frame?.result);
  } catch {
    return null;
  }
}

/** Runs in the page: it may use nothing from around it. */
function readHere(wanted: unknown, transcript: unknown): unknown {
  const here = globalThis as unknown as { __rowmarkReadContent?(...asked: unknown[]): unknown };
  return here.__rowmarkReadContent?.(wanted, transcript);
}
