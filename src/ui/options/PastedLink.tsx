import { useSignal } from '../components/live.ts';
import type { Model } from './model.ts';

/** For a database that Notion's list does not show, or not yet. */
export function PastedLink({ model }: { model: Model }) {
  const { client, busy, openLink } = model;
  const { text } = client;
  const link = useSignal('');
  return (
    <form
      class="ask"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void openLink(link.value);
      }}
    >
      <label for="link">{text('options_link')}</label>
      <div class="line">
        <input
          id="link"
          class="field"
          type="url"
          dir="ltr"
          autocomplete="off"
          spellcheck={false}
          placeholder="https://www.notion.so/…"
          value={link.value}
          onInput={(event) => {
            link.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button second" aria-disabled={busy.value}>
          {text('options_use_link')}
        </button>
      </div>
    </form>
  );
}
