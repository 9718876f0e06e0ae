/** Running a script where a content script runs: with the page's document, and none of its globals. */
import type { Page } from 'playwright-core';

export type IsolatedWorld = {
  /** @returns the value of the last expression, or what that promises, as JSON; rejects when it throws */
  run(source: string): Promise<unknown>;
};

/** A new world in the page's main frame, until it navigates. */
export async function isolatedWorld(page: Page): Promise<IsolatedWorld> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'content script',
  });
  return {
    async run(source) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression: source,
        contextId: executionContextId,
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value;
    },
  };
}
