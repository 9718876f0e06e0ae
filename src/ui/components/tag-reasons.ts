import type { Reason } from '../../core/tags/suggest/propose.ts';
import type { MessageKey } from '../../core/text.ts';
import type { Client } from '../../protocol/client.ts';

const PLAIN = {
  'in-title': 'proposed_in_title',
  'in-address': 'proposed_in_address',
  'in-text': 'proposed_in_text',
  lately: 'proposed_lately',
  'just-now': 'proposed_just_now',
} as const satisfies Record<string, MessageKey>;

function wordsOf(reason: Reason, text: Client['text']): string {
  switch (reason.kind) {
    case 'words':
      return text('proposed_words', reason.words.join(', '));
    case 'site':
    case 'section':
      return text('proposed_from', reason.place);
    case 'together':
      return text('proposed_together', reason.tag);
    default:
      return text(PLAIN[reason.kind]);
  }
}

/** Why a tag is proposed, in words. */
export const tagReasons = (reasons: readonly Reason[], text: Client['text']): string =>
  reasons.map((reason) => wordsOf(reason, text)).join(' · ');
