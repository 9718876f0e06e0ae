/** How long the background takes to begin, and what it holds then. */
import type { BrowserContext } from 'playwright-core';
import type { Bench } from './chromium.ts';
import { inTurn } from './measure.ts';

/** Within functions that are sent to the extension. */
declare const chrome: import('webextension-polyfill').Browser;

/** What is stored is written between one state and the other, so that they are not by turns. */
const STARTS = { warmUps: 2, rounds: 9 };

/** Ends the worker and times its next answer, which it gives when it has read what is stored. */
export async function startsOf({
  context,
  origin,
}: Bench): Promise<{ times: readonly number[]; heap: number }> {
  const page = await context.newPage();
  await page.goto(`${origin}/manifest.json`);
  const session = await context.newCDPSession(page);
  const { times } = await inTurn(STARTS, {
    async times() {
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await page.goto(`${origin}/src/ui/options/index.html`);
      return page.evaluate(async () => {
        const start = performance.now();
        await chrome.runtime.sendMessage({ type: 'freshen-destination', destinationId: 'none' });
        return performance.now() - start;
      });
    },
  });
  const heap = await heapOfWorker(context);
  await page.close();
  return { times, heap };
}

/** Bytes in use in the worker, after what nobody needs is gone. */
async function heapOfWorker(context: BrowserContext): Promise<number> {
  const browser = await context.browser()?.newBrowserCDPSession();
  if (!browser) throw new Error('The browser cannot be asked');
  const { targetInfos } = await browser.send('Target.getTargets');
  const worker = targetInfos.find(({ type }) => type === 'service_worker');
  const { sessionId } = await browser.send('Target.attachToTarget', {
    targetId: worker?.targetId ?? '',
    flatten: false,
  });
  const ask = (id: number, method: string) =>
    new Promise<{ usedSize: number }>((resolve) => {
      const hear = ({ message }: { message: string }) => {
        const answer = JSON.parse(message);
        if (answer.id !== id) return;
        browser.off('Target.receivedMessageFromTarget', hear);
        resolve(answer.result);
      };
      browser.on('Target.receivedMessageFromTarget', hear);
      void browser.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    });
  await ask(1, 'HeapProfiler.collectGarbage');
  const { usedSize } = await ask(2, 'Runtime.getHeapUsage');
  await browser.detach();
  return usedSize;
}
