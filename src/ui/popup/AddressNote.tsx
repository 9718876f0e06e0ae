import type { Signal } from '@preact/signals-core';
import type { MessageKey } from '../../core/text.ts';
import type { Client } from '../../protocol/client.ts';

/** The address as it was visited, and as it is saved, where these differ; and what is said of that. */
export type CleanedAddress = { from: string; to: string; said: MessageKey; canPutBack: boolean };

/** What is said below an address that is not the one that was visited, and the way back to that. */
export function addressNote(client: Client, cleaned: CleanedAddress | null, url: Signal<string>) {
  if (cleaned?.to !== url.value) return null;
  const putBack = () => {
    url.value = cleaned.from;
    document.getElementById('url')?.focus();
  };
  return (
    <p class="cleaned quiet">
      {client.text(cleaned.said)}{' '}
      {cleaned.canPutBack ? (
        <button type="button" class="quiet-link" onClick={putBack}>
          {client.text('popup_put_back')}
        </button>
      ) : null}
    </p>
  );
}
