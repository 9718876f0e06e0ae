import { labelOf } from '../../core/database/label.ts';
import { databasePlaces } from '../components/database-places.ts';
import { useSignal } from '../components/live.ts';
import type { Model } from './model.ts';

/** For those who have no database yet: where it should be, and one button. */
export function NewDatabase({ model }: { model: Model }) {
  const { client, connections, pages, arePagesCut, busy, createDatabase, nameOf } = model;
  const { text } = client;
  const places = databasePlaces(client, connections.value, pages.value, (page) =>
    labelOf(page.icon, nameOf(page)),
  );
  const picked = useSignal('');
  const place = places.find(({ id }) => id === picked.value) ?? places[0];
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (place) void createDatabase(place.botId, place.pageId);
      }}
    >
      <label for="place">{text('options_place')}</label>
      <div class="line">
        <select
          id="place"
          class="field"
          value={place?.id}
          onChange={(event) => {
            picked.value = event.currentTarget.value;
          }}
        >
          {places.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
        <button type="submit" class="button second" aria-disabled={busy.value}>
          {text('create_database')}
        </button>
      </div>
      {arePagesCut.value ? <p class="hint">{text('options_pages_cut')}</p> : null}
    </form>
  );
}
