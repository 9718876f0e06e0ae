import { findEntries } from '../../core/database/find-entries.ts';
import { besideOf } from '../../core/database/labels.ts';
import { Icon } from '../components/Icon.tsx';
import { useSignal } from '../components/live.ts';
import { Notice } from '../components/Notice.tsx';
import type { Model } from './model.ts';
import { NewDatabase } from './NewDatabase.tsx';
import { PastedLink } from './PastedLink.tsx';
import { Section } from './Section.tsx';

/** Which database the bookmarks go to: one of those shared with Rowmark, one behind a link, or a new one. */
export function Databases({ model }: { model: Model }) {
  const { client, entries, busy, readCatalog } = model;
  const { text } = client;
  return (
    <Section model={model} name="database" title={text('field_database')}>
      {entries.value.length > 0 ? <List model={model} /> : <Empty model={model} />}
      <p class="line">
        <button type="button" class="button second" aria-disabled={busy.value} onClick={readCatalog}>
          {text('refresh')}
        </button>
        <span class="quiet">{text('options_refresh_hint')}</span>
      </p>
      <PastedLink model={model} />
      <NewDatabase model={model} />
      <p class="line">
        <button
          type="button"
          class="quiet-link"
          onClick={async () => (await model.client.more()).openImport()}
        >
          {text('options_import')}
        </button>
      </p>
    </Section>
  );
}

/** From so many on, a name is found sooner by typing. */
const MANY = 8;

function List({ model }: { model: Model }) {
  const { client, entries, isCut, isMore, checked, choose, nameOf, labelFor, findDatabases } = model;
  const { text } = client;
  const typed = useSignal('');
  const wanted = typed.value.trim();
  const shown = findEntries(entries.value, typed.value, nameOf);
  return (
    <fieldset>
      <legend>{text('options_choose')}</legend>
      {entries.value.length >= MANY || isCut.value ? (
        <input
          class="field find"
          type="search"
          aria-label={text('options_find')}
          placeholder={text('options_find')}
          autocomplete="off"
          dir="auto"
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            findDatabases(typed.value.trim());
          }}
        />
      ) : null}
      <p class="hint" aria-live="polite">
        {wanted === ''
          ? ''
          : text(shown.length === 0 ? 'options_found_none' : 'options_found', String(shown.length))}
      </p>
      {isMore.value || (wanted === '' && isCut.value) ? <p class="hint">{text('databases_cut')}</p> : null}
      <div class="choices">
        {shown.map((entry) => (
          <label key={entry.id} class="choice">
            <input
              type="radio"
              name="database"
              value={entry.id}
              checked={entry.id === checked.value}
              onChange={() => choose(entry.id)}
            />
            <Icon icon={entry.icon} name={labelFor(entry).name} />
            <span>
              <bdi>{labelFor(entry).name}</bdi>
            </span>
            <span class="quiet">
              <bdi>{besideOf(labelFor(entry))}</bdi>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Notion shows a connection only what was shared with it, and a while after that. */
const Empty = ({ model: { client } }: { model: Model }) => (
  <Notice tone="neutral" title={client.text('options_empty_title')}>
    <ol>
      <li>{client.text('options_empty_share')}</li>
      <li>{client.text('options_empty_refresh')}</li>
      <li>{client.text('options_empty_create')}</li>
    </ol>
  </Notice>
);
