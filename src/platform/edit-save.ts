/** In a page in which a save is changed: says so, and that it is over. */
import browser from 'webextension-polyfill';
import type { EditingQuestion } from '../protocol/editing.ts';
import type { Message } from '../protocol/messages.ts';

/**
 * Holds that save for as long as the page is there.
 * @param send puts a message on its way before it returns
 */
export function editSave(saveId: string, send: (message: Message) => Promise<unknown>): Promise<unknown> {
  browser.runtime.onMessage.addListener((message: unknown) => {
    const { type, saveId: asked } = message as Partial<EditingQuestion>;
    return type === 'is-edited' && asked === saveId ? Promise.resolve(true) : undefined;
  });
  // However it is closed. A page that crashes says nothing: for that the background asks.
  addEventListener('pagehide', () => void send({ type: 'release', saveId }));
  return send({ type: 'hold', saveId });
}
