/** In a page in which a save is changed: says so, and that it is over. */
import browser from 'webextension-polyfill';
import type { EditingQuestion } from '../protocol/editing.ts';
import type { ReplyOf } from '../protocol/messages.ts';
import { send } from './send.ts';

/** Holds that save for as long as the page is there. */
export function editSave(saveId: string): Promise<ReplyOf<'hold'>> {
  browser.runtime.onMessage.addListener((message: unknown) => {
    const { type, saveId: asked } = message as Partial<EditingQuestion>;
    return type === 'is-edited' && asked === saveId ? Promise.resolve(true) : undefined;
  });
  // However it is closed. A page that crashes says nothing: for that the background asks. What sends is here already, as a page
  // that is going waits for nothing.
  addEventListener('pagehide', () => void send({ type: 'release', saveId }));
  return send({ type: 'hold', saveId });
}
