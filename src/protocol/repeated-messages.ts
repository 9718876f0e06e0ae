/**
 * Why each message may be delivered twice. A page sends its message again when the background has died before it could answer,
 * and the first one may have been done.
 */
import type { Message, MessageOf, MessageType } from './messages.ts';

/**
 * - `asks`: it reads, here or in Notion, and notes what it has read;
 * - `sets`: it leaves what it names as it says, and says so in full;
 * - `looks`: it looks first whether it is done;
 * - `once`: the second is refused, and the first holds;
 * - `by`: it makes something new, under an id that the sender has chosen, or one that follows from it, in that field.
 */
type Repeated<T extends MessageType> =
  | 'asks'
  | 'sets'
  | 'looks'
  | 'once'
  | { by: Exclude<keyof MessageOf<T> & string, 'type'> };

export const REPEATED: { readonly [T in MessageType]: Repeated<T> } = {
  keep: { by: 'saveId' },
  'change-row': { by: 'saveId' },
  'save-anew': { by: 'saveId' },
  'add-content': { by: 'saveId' },
  'create-database': { by: 'jobId' },
  'save-tabs': { by: 'batchId' },
  'prepare-import': 'sets',
  'begin-import': 'looks',
  'store-entries': 'looks',
  'turn-import': 'sets',
  'read-imports': 'asks',
  'read-entries': 'asks',
  'mend-entries': 'looks',
  'forget-import': 'sets',
  'undo-tabs': 'looks',
  'are-saved': 'asks',
  'find-saved': 'asks',
  'read-content': 'asks',
  'preview-content': 'asks',
  amend: 'sets',
  hold: 'sets',
  release: 'sets',
  undo: 'sets',
  'remove-double': 'sets',
  'keep-double': 'sets',
  'restore-row': 'sets',
  'try-now': 'sets',
  'came-online': 'sets',
  'start-sign-in': 'asks',
  'finish-sign-in': 'once',
  'connect-token': 'sets',
  disconnect: 'sets',
  'refresh-catalog': 'asks',
  'find-databases': 'asks',
  'choose-destination': 'sets',
  'open-link': 'sets',
  'set-form': 'sets',
  'set-presets': 'sets',
  'set-index': 'sets',
  'set-mark-saved': 'sets',
  'set-proposes-tags': 'sets',
  'erase-index': 'sets',
  'index-bytes': 'asks',
  'read-rows': 'asks',
  'add-url-property': 'looks',
  'list-people': 'asks',
  'search-related': 'asks',
  'name-page': 'asks',
  'forget-tag-usage': 'sets',
  'freshen-destination': 'asks',
};

/** By what two messages that make something are known to be the same; null for those that may simply be done again. */
export function sameBy(message: Message): string | null {
  const repeated = REPEATED[message.type];
  if (typeof repeated === 'string') return null;
  return `${message.type} ${(message as Record<string, unknown>)[repeated.by]}`;
}
