/** The pages of the extension in which saves are changed. */
import browser from 'webextension-polyfill';
import type { Editors } from '../ports.ts';
import type { EditingQuestion } from '../protocol/editing.ts';

export const editors: Editors = {
  async isEdited(saveId) {
    const question: EditingQuestion = { type: 'is-edited', saveId };
    // Where nobody listens at all, sending fails.
    const answer: unknown = await browser.runtime.sendMessage(question).catch(() => undefined);
    return answer === true;
  },
};
