import { useSignal } from '@preact/signals';
import type { CatalogEntry } from '../../core/notion/destination.ts';
import { Notice } from '../components/Notice.tsx';
import type { Model } from './model.ts';
import { Outcome } from './Options.tsx';

export function DatabaseSection({ model }: { model: Model }) {
  const { client, catalog } = model;
  const { text } = client;
  return (
    <section>
      <div class="line">
        <h2 id="databases">{text('options_database')}</h2>
        <button type="button" class="button second" onClick={model.refresh}>
          {text('refresh')}
        </button>
      </div>
      {catalog.value.entries.length === 0 ? (
        <Notice tone="neutral" title={text('options_empty_title')} body={text('options_empty_body')} />
      ) : (
        <>
          <p class="quiet">{text('options_database_hint')}</p>
          <div role="radiogroup" aria-labelledby="databases" class="choices">
            {catalog.value.entries.map((entry) => (
              <Choice key={entry.id} model={model} entry={entry} />
            ))}
          </div>
        </>
      )}
      <Outcome model={model} section="database" />
      <Link model={model} />
      <Create model={model} />
    </section>
  );
}

function Choice({ model, entry }: { model: Model; entry: CatalogEntry }) {
  const title = entry.title || model.client.text('popup_untitled_database');
  return (
    <label class="choice">
      <input
        type="radio"
        name="database"
        checked={model.destinationId.value === entry.id}
        onChange={() => model.choose(entry.id)}
      />
      <DatabaseIcon entry={entry} />
      <span>{title}</span>
    </label>
  );
}

function DatabaseIcon({ entry: { icon } }: { entry: CatalogEntry }) {
  if (icon && 'url' in icon)
    return <img class="database-icon" src={icon.url} alt="" referrerpolicy="no-referrer" />;
  return (
    <span class="database-icon" aria-hidden="true">
      {icon && 'emoji' in icon ? icon.emoji : '▤'}
    </span>
  );
}

function Link({ model }: { model: Model }) {
  const { text } = model.client;
  const link = useSignal('');
  return (
    <form
      class="beside"
      onSubmit={(event) => {
        event.preventDefault();
        void model.openLink(link.value);
      }}
    >
      <label for="link">{text('options_missing')}</label>
      <input
        id="link"
        class="field"
        dir="ltr"
        placeholder="https://www.notion.so/…"
        autocomplete="off"
        value={link.value}
        onInput={(event) => {
          link.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="button second">
        {text('options_use_link')}
      </button>
    </form>
  );
}

function Create({ model }: { model: Model }) {
  const { client, catalog } = model;
  const { text } = client;
  const place = useSignal('');
  return (
    <form
      class="beside"
      onSubmit={(event) => {
        event.preventDefault();
        void model.createDatabase(place.value || null);
      }}
    >
      <label for="place">{text('options_create_place')}</label>
      <select
        id="place"
        class="field"
        value={place.value}
        onChange={(event) => {
          place.value = event.currentTarget.value;
        }}
      >
        <option value="">{text('options_create_private')}</option>
        {catalog.value.pages.map((page) => (
          <option key={page.id} value={page.id}>
            {page.icon && 'emoji' in page.icon ? `${page.icon.emoji} ` : ''}
            {page.title || text('popup_untitled_database')}
          </option>
        ))}
      </select>
      <button type="submit" class="button second">
        {text('create_database')}
      </button>
    </form>
  );
}
