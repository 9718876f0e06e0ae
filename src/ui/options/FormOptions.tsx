import type { ComponentChildren } from 'preact';
import { type Destination, type Property, tagsProperty } from '../../core/database/destination.ts';
import { formOf, lostRoles, ROLES, type Role } from '../../core/database/form.ts';
import {
  type Beginning,
  CONTENT_WANTED,
  PAGE_SOURCES,
  type PageSource,
  type Start,
} from '../../core/database/form-settings.ts';
import { emptyValue, kindOf } from '../../core/database/kind.ts';
import { listItems } from '../../core/database/value.ts';
import type { MessageKey } from '../../core/text.ts';
import { ContentChoices } from '../components/ContentChoices.tsx';
import { Notice } from '../components/Notice.tsx';
import { PropertyField } from '../components/PropertyField.tsx';
import { TemplateChoices } from '../components/TemplateChoices.tsx';
import type { Model } from './model.ts';
import { Section } from './Section.tsx';

/** What goes where in the chosen database, and which of its properties are in the form. */
export function FormOptions({ model }: { model: Model }) {
  const destination = model.destination.value;
  if (!destination) return null;
  return (
    <Section model={model} name="form" title={model.client.text('options_form')}>
      <Mapping model={model} destination={destination} />
      <BeginningOptions
        model={model}
        destination={destination}
        beginning={model.form.value}
        set={(beginning) => model.setForm({ ...model.form.value, ...beginning })}
        name="form"
      />
      <label class="switch">
        <input
          type="checkbox"
          checked={model.form.value.copies ?? false}
          onChange={(event) => model.setForm({ ...model.form.value, copies: event.currentTarget.checked })}
        />
        {model.client.text('options_copies')}
      </label>
      <p class="hint">{model.client.text('options_copies_hint')}</p>
    </Section>
  );
}

type Scope = {
  model: Model;
  destination: Destination;
  beginning: Beginning;
  set(beginning: Beginning): unknown;
  /** Tells the fields of one scope from those of another on the same page. */
  name: string;
};

const scoped = (name: string, id: string): string => `${name}-${id}`;

/** Which properties are in the form, and what a row begins with. */
export function BeginningOptions(scope: Scope) {
  return (
    <>
      <Shown {...scope} />
      <RowPage {...scope} />
    </>
  );
}

/** Tags, template, icon and cover. */
function RowPage({ model, destination, beginning, set, name }: Scope) {
  const { client } = model;
  const { text } = client;
  const { templates = [] } = destination;
  const tagged = tagsProperty(destination);
  const switches = [
    ['icon', 'options_icon'],
    ['cover', 'options_cover'],
  ] as const;
  return (
    <>
      <h3>{text('options_row')}</h3>
      {tagged ? (
        <PropertyField
          client={client}
          botId={destination.botId}
          property={{ ...tagged, id: scoped(name, 'tags'), name: text('options_begin_tags') }}
          value={{ kind: 'list', items: (beginning.tags ?? []).map((tag) => ({ name: tag })) }}
          set={(value) => set({ ...beginning, tags: listItems(value).map(({ name }) => name) })}
          typed={model.typed(scoped(name, 'tags'))}
        />
      ) : null}
      {templates.length > 0 ? (
        <div class="row">
          <label for={`${name}-template`}>{text('field_template')}</label>
          <select
            id={`${name}-template`}
            class="field"
            value={beginning.template ?? ''}
            onChange={(event) => {
              const { template: _, ...others } = beginning;
              const { value } = event.currentTarget;
              void set(value === '' ? others : { ...others, template: value });
            }}
          >
            <TemplateChoices text={text} templates={templates} />
          </select>
        </div>
      ) : null}
      <div class="row">
        <label for={`${name}-content`}>{text('content_label')}</label>
        <select
          id={`${name}-content`}
          class="field"
          value={beginning.content ?? ''}
          onChange={(event) => {
            const { content: _, ...others } = beginning;
            const content = CONTENT_WANTED.find((one) => one === event.currentTarget.value);
            void set(content ? { ...others, content } : others);
          }}
        >
          <ContentChoices text={text} />
        </select>
      </div>
      {switches.map(([key, label]) => (
        <label key={key} class="switch">
          <input
            type="checkbox"
            checked={beginning[key] ?? false}
            onChange={(event) => set({ ...beginning, [key]: event.currentTarget.checked })}
          />
          {text(label)}
        </label>
      ))}
    </>
  );
}

const ROLE_NAMES: Record<Role, MessageKey> = {
  url: 'field_url',
  tags: 'field_tags',
  description: 'field_description',
  savedOn: 'bookmarks_property_saved_on',
};

function Mapping({ model, destination }: { model: Model; destination: Destination }) {
  const { client, form, setForm, addUrlProperty, busy } = model;
  const { text } = client;
  const { properties, mapping } = destination;
  const lost = lostRoles(properties, form.value);
  const set = (role: Role, id: string) =>
    setForm({ ...form.value, mapping: { ...form.value.mapping, [role]: id === '' ? null : id } });
  return (
    <>
      <p class="quiet">{text('options_mapping', model.nameOf(destination))}</p>
      <table class="mapping">
        <tbody>
          {(Object.keys(ROLES) as Role[]).map((role) => {
            const fitting = properties.filter(({ type }) => type === ROLES[role]);
            return (
              <tr key={role}>
                <th scope="row" id={`role-${role}`}>
                  {text(ROLE_NAMES[role])}
                </th>
                <td>
                  <select
                    class="field"
                    aria-labelledby={`role-${role}`}
                    value={mapping[role] ?? ''}
                    onChange={(event) => set(role, event.currentTarget.value)}
                  >
                    {fitting.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                    <option value="">
                      {text(role === 'savedOn' ? 'options_mapping_not' : 'options_mapping_page')}
                    </option>
                  </select>
                  {lost.includes(role) ? <p class="hint needs">{text('options_mapping_lost')}</p> : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {properties.every(({ type }) => type !== 'url') ? (
        <Notice tone="neutral" title={text('options_no_url')} body={text('options_no_url_body')}>
          <button type="button" class="button second" aria-disabled={busy.value} onClick={addUrlProperty}>
            {text('options_add_url')}
          </button>
        </Notice>
      ) : null}
    </>
  );
}

function Shown(scope: Scope) {
  const { model, destination, beginning, set } = scope;
  const { text } = model.client;
  const { shown, others } = formOf(destination, beginning);
  const ids = shown.map(({ id }) => id);
  const hidden = others.filter(({ id }) => id in beginning.starts);
  const rest = others.filter(({ id }) => !(id in beginning.starts));
  const show = (next: readonly string[]) => set({ ...beginning, shown: [...next] });
  const move = (index: number, by: number) => {
    const next = [...ids];
    const [moved] = next.splice(index, 1);
    if (moved !== undefined) next.splice(index + by, 0, moved);
    return show(next);
  };
  return (
    <>
      <h3>{text('options_shown')}</h3>
      {shown.length + hidden.length === 0 ? <p class="quiet">{text('options_shown_none')}</p> : null}
      <ul class="properties">
        {shown.map((property, index) => (
          <Line key={property.id} {...scope} property={property}>
            <button
              type="button"
              class="button second"
              aria-disabled={index === 0}
              aria-label={text('options_move_up', property.name)}
              onClick={() => index > 0 && move(index, -1)}
            >
              ↑
            </button>
            <button
              type="button"
              class="button second"
              aria-disabled={index === shown.length - 1}
              aria-label={text('options_move_down', property.name)}
              onClick={() => index < shown.length - 1 && move(index, 1)}
            >
              ↓
            </button>
            <button
              type="button"
              class="button second"
              aria-label={text('options_hide', property.name)}
              onClick={() => show(ids.filter((id) => id !== property.id))}
            >
              ×
            </button>
          </Line>
        ))}
        {hidden.map((property) => (
          <Line key={property.id} {...scope} property={property}>
            <button
              type="button"
              class="button second"
              aria-label={text('options_show_name', property.name)}
              onClick={() => show([...ids, property.id])}
            >
              {text('options_show')}
            </button>
          </Line>
        ))}
      </ul>
      {rest.length > 0 ? (
        <select
          class="field"
          aria-label={text('properties_add')}
          value=""
          onChange={(event) => {
            void show([...ids, event.currentTarget.value]);
            event.currentTarget.value = '';
          }}
        >
          <option value="">{text('properties_add')}</option>
          {rest.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      ) : null}
    </>
  );
}

const SOURCE_NAMES: Record<PageSource, MessageKey> = {
  today: 'properties_today',
  author: 'start_author',
  published: 'start_published',
  'site-name': 'start_site_name',
  language: 'start_language',
  'reading-time': 'start_reading_time',
  selection: 'start_selection',
  image: 'start_image',
};

/** What of a page a property of that kind can take. */
function sourcesFor(property: Property): PageSource[] {
  switch (kindOf(property)) {
    case 'date':
      return ['today', 'published'];
    case 'flag':
      return [];
    default:
      return PAGE_SOURCES.filter((source) => source !== 'today');
  }
}

/** One property, with what it begins with. */
function Line({
  model,
  destination,
  beginning,
  set: setBeginning,
  name,
  property,
  children,
}: Scope & { property: Property; children: ComponentChildren }) {
  const { client, typed } = model;
  const { text } = client;
  const start = beginning.starts[property.id];
  const set = (next: Start | null) => {
    const { [property.id]: _, ...others } = beginning.starts;
    return setBeginning({ ...beginning, starts: next ? { ...others, [property.id]: next } : others });
  };
  const choose = (from: string) => {
    if (from === '') return set(null);
    if (from === 'fixed') return set({ from, value: emptyValue(property) });
    return set({ from: from as PageSource });
  };
  const fixed = start?.from === 'fixed' ? start.value : null;
  return (
    <li>
      <div class="line">
        <b class="what">
          <bdi>{property.name}</bdi>
        </b>
        <select
          class="field"
          aria-label={text('options_begins', property.name)}
          value={start?.from ?? ''}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{text('start_empty')}</option>
          <option value="fixed">{text('start_fixed')}</option>
          {sourcesFor(property).map((source) => (
            <option key={source} value={source}>
              {text(SOURCE_NAMES[source])}
            </option>
          ))}
        </select>
        <span class="buttons">{children}</span>
      </div>
      {fixed ? (
        <PropertyField
          client={client}
          botId={destination.botId}
          property={{ ...property, id: scoped(name, property.id) }}
          value={fixed.kind === kindOf(property) ? fixed : emptyValue(property)}
          set={(value) => void set({ from: 'fixed', value })}
          typed={typed(scoped(name, property.id))}
        />
      ) : null}
    </li>
  );
}
