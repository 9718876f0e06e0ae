import type { Model } from '../state.ts';

/** What is said below an address that is not the one that was visited, and the way back to that. */
export function addressNote({ client, cleaned: { value: cleaned }, fields, enter }: Model) {
  if (cleaned?.to !== fields.url.value) return null;
  const putBack = () => {
    enter({ url: cleaned.from });
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
