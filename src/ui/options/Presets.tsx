import { useEffect, useRef } from 'preact/hooks';
import { shortcutOf } from '../../core/keys.ts';
import { PRESET_KEYS } from '../../core/settings/preset-keys.ts';
import type { Preset } from '../../core/settings/presets.ts';
import { useSignal } from '../components/live.ts';
import { BeginningOptions } from './FormOptions.tsx';
import type { Model } from './model.ts';
import { Section } from './Section.tsx';

/** Named ways to save: a database with what its rows begin with, by a key or a site. */
export function Presets({ model }: { model: Model }) {
  const { client, presets, setPresets, destination, form } = model;
  const { text } = client;
  const made = useSignal<string | null>(null);
  const add = () => {
    const place = destination.value;
    if (!place) return;
    const { version: _, mapping: __, ...beginning } = form.value;
    const id = client.newId();
    made.value = id;
    void setPresets([
      ...presets.value,
      {
        id,
        name: text('preset_name', String(presets.value.length + 1)),
        destinationId: place.id,
        beginning,
        key: freeKeys(presets.value, null)[0] ?? null,
        sites: [],
      },
    ]);
  };
  return (
    <Section model={model} name="presets" title={text('options_presets')}>
      <p class="quiet">{text('options_presets_body')}</p>
      <ul class="properties">
        {presets.value.map((preset, index) => (
          <li key={preset.id}>
            <One model={model} preset={preset} index={index} isNew={preset.id === made.value} />
          </li>
        ))}
      </ul>
      <button type="button" class="button second" disabled={!destination.value} onClick={add}>
        {text('options_preset_add')}
      </button>
    </Section>
  );
}

function One({
  model,
  preset,
  index,
  isNew,
}: {
  model: Model;
  preset: Preset;
  index: number;
  isNew: boolean;
}) {
  const { client, presets, setPresets, entries, schemas } = model;
  const { text } = client;
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNew) name.current?.select();
  }, []);
  const change = (part: Partial<Preset>) =>
    setPresets(presets.value.map((one) => (one.id === preset.id ? { ...one, ...part } : one)));
  const move = (by: number) => {
    const others = presets.value.filter((one) => one.id !== preset.id);
    return setPresets(others.toSpliced(index + by, 0, preset));
  };
  const destination = schemas.value[preset.destinationId];
  const place = entries.value.find(({ id }) => id === preset.destinationId);
  const field = (part: string) => `${part}-${preset.id}`;
  const last = presets.value.length - 1;
  return (
    <details class="preset" open={isNew}>
      <summary class="line">
        <b class="what">
          <bdi>{preset.name}</bdi>
        </b>
        <span class="quiet">{place ? model.nameOf(place) : text('failure_database_unknown_title')}</span>
        {preset.key ? <kbd class="key">{preset.key.toUpperCase()}</kbd> : null}
      </summary>
      <div class="row">
        <label for={field('name')}>{text('preset_name_label')}</label>
        <input
          ref={name}
          id={field('name')}
          class="field"
          dir="auto"
          value={preset.name}
          onChange={(event) => {
            const typed = event.currentTarget.value.trim();
            if (typed === '') event.currentTarget.value = preset.name;
            else void change({ name: typed });
          }}
        />
      </div>
      <div class="row">
        <label for={field('database')}>{text('field_database')}</label>
        <select
          id={field('database')}
          class="field"
          value={preset.destinationId}
          onChange={(event) =>
            change({
              destinationId: event.currentTarget.value,
              // What is set for the properties of one database means nothing in another.
              beginning: { tags: preset.beginning.tags, starts: {} },
            })
          }
        >
          {place ? null : <option value={preset.destinationId}>{text('popup_choose_database')}</option>}
          {entries.value.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {model.nameOf(entry)}
            </option>
          ))}
        </select>
      </div>
      <div class="row">
        <label for={field('key')}>{text('preset_key')}</label>
        <select
          id={field('key')}
          class="field"
          aria-describedby={field('key-hint')}
          value={preset.key ?? ''}
          onChange={(event) => change({ key: event.currentTarget.value || null })}
          onKeyDown={(event) => {
            // As it will be pressed, whatever the layout types; the browser finds it only as it is written.
            const key = shortcutOf(event);
            if (key === null || !freeKeys(presets.value, preset).includes(key)) return;
            event.preventDefault();
            change({ key });
          }}
        >
          <option value="">{text('preset_no_key')}</option>
          {freeKeys(presets.value, preset).map((key) => (
            <option key={key} value={key}>
              {key.toUpperCase()}
            </option>
          ))}
        </select>
      </div>
      <p class="hint" id={field('key-hint')}>
        {text('preset_key_hint')}
      </p>
      <div class="row">
        <label for={field('sites')}>{text('preset_sites')}</label>
        <input
          id={field('sites')}
          class="field"
          dir="ltr"
          spellcheck={false}
          autocomplete="off"
          placeholder="github.com/*, news.example.org"
          value={preset.sites.join(', ')}
          onChange={(event) => {
            const sites = event.currentTarget.value.split(/[\s,]+/).filter((site) => site !== '');
            event.currentTarget.value = sites.join(', ');
            void change({ sites });
          }}
        />
      </div>
      {destination ? (
        <BeginningOptions
          model={model}
          destination={destination}
          beginning={preset.beginning}
          set={(beginning) => change({ beginning })}
          name={preset.id}
        />
      ) : null}
      <p class="buttons">
        <button
          type="button"
          class="button second"
          aria-disabled={index === 0}
          aria-label={text('options_move_up', preset.name)}
          onClick={() => index > 0 && move(-1)}
        >
          ↑
        </button>
        <button
          type="button"
          class="button second"
          aria-disabled={index === last}
          aria-label={text('options_move_down', preset.name)}
          onClick={() => index < last && move(1)}
        >
          ↓
        </button>
        <button
          type="button"
          class="button second"
          onClick={() => setPresets(presets.value.filter((one) => one.id !== preset.id))}
        >
          {text('preset_delete')}
        </button>
      </p>
    </details>
  );
}

/** Keys that no other preset has. */
const freeKeys = (presets: readonly Preset[], own: Preset | null): string[] =>
  PRESET_KEYS.filter((key) => presets.every((one) => one.id === own?.id || one.key !== key));
