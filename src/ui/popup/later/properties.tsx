/**
 * The database's other properties, as far as they are in the form. Loaded after the first frame: they may be many, and the
 * form is of use before.
 */

import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Capture, PageFacts } from '../../../core/capture/capture.ts';
import { dayOf, startsOf } from '../../../core/capture/starts.ts';
import type { Destination, Property } from '../../../core/database/destination.ts';
import { carryOver, formOf } from '../../../core/database/form.ts';
import { defaultForm, type FormSettings } from '../../../core/database/form-settings.ts';
import { emptyValue, kindOf } from '../../../core/database/kind.ts';
import type { PropertyValue, Value } from '../../../core/database/value.ts';
import { isEmpty } from '../../../core/database/value.ts';

import { fixedBy, readGiven } from '../../../core/notion/given.ts';
import { isSame } from '../../../core/same.ts';
import type { Preset } from '../../../core/settings/presets.ts';
import { splitTags } from '../../../core/tags/rules.ts';
import type { Client } from '../../../protocol/client.ts';
import { PropertyField } from '../../components/PropertyField.tsx';
import { TemplateChoices } from '../../components/TemplateChoices.tsx';
import type { Before, Databases, Fields, PageField, Properties, Put, Readable, Restored } from '../state.ts';
import { openContentChoice } from './page-content.tsx';
import { TagProposals } from './TagProposals.tsx';
import { openTagCompletion } from './tag-completion.ts';
import { openTitleLine } from './title-line.tsx';

/**
 * `destination` is the database of the form, with its schema; `facts` what was read of the page, once it was; `preset` what
 * the form begins with in place of what is set for the database.
 */
export function openProperties(
  client: Client,
  {
    destination,
    facts,
    preset,
    fields,
    titleBefore,
    enter,
    isUpdate,
    databases,
  }: {
    destination: ReadonlySignal<Destination | null>;
    facts: ReadonlySignal<PageFacts | null>;
    preset: ReadonlySignal<Preset | null>;
    fields: Readable<Fields>;
    titleBefore: string;
    enter: Put<Fields>;
    isUpdate: ReadonlySignal<boolean>;
    databases: Databases;
  },
  before: Before,
): Properties {
  const { title, tags } = fields;
  const form = signal<FormSettings>(defaultForm);
  const values = signal<readonly PropertyValue[]>(before.values);
  /** What the row's page begins with. */
  const media = signal<Pick<Capture, 'icon' | 'cover'>>(mediaOf(before));
  const template = signal<string | undefined>(before.template);
  /** Ids of properties that were added to the form for this save. */
  const added = signal<readonly string[]>(before.values.map(({ id }) => id));
  /** What is typed into fields of several values and not part of them yet, by property id. */
  const typed = signal<Readonly<Record<string, string>>>({});
  /** Ids of properties that the user has changed. */
  const touched = new Set(before.values.map(({ id }) => id));
  if (before.template !== undefined) touched.add(TEMPLATE);
  let { isWhole } = before;
  /** What the row holds that the form is of. */
  const given = signal(before.given ?? {});
  /** The tags that the form began with, as long as nobody has changed them. */
  let begunTags: readonly string[] = [];
  let current: string | null = null;
  let turning = Promise.resolve();

  const tagCompletion = openTagCompletion({ client, destination, fields });
  const content = openContentChoice(client, {
    title,
    begins: computed(() => beginning().content),
    isNew: computed(() => !isUpdate.value && !isWhole),
  });
  const titleLine = openTitleLine({
    text: client.text,
    title,
    titleBefore,
    tags,
    enter,
    destination,
    databases,
    likelihoods: tagCompletion.likelihoods,
    set,
  });
  effect(() => {
    const one = destination.value;
    if (one && one.id !== current) {
      turning = turnTo(one, current !== null);
      current = one.id;
    }
  });
  effect(() => {
    const one = destination.peek();
    const known = [facts.value, preset.value];
    if (one && known.some((each) => each !== null)) untracked(() => begin(one));
  });

  /** Another database: what was typed comes along where it fits. */
  async function turnTo(one: Destination, isOther: boolean): Promise<void> {
    const read = await client.readOne('form', one.id);
    if (destination.value?.id !== one.id) return;
    batch(() => {
      form.value = read.kind === 'read' ? read.value : defaultForm;
      if (isOther) {
        const mine = collectValues().filter(({ id }) => touched.has(id));
        isWhole = false;
        given.value = {};
        template.value = undefined;
        touched.clear();
        values.value = carryOver(mine, one);
        typed.value = {};
        added.value = values.value.map(({ id }) => id);
        for (const { id } of values.value) touched.add(id);
      }
      begin(one);
    });
  }

  /** What the user has not changed begins as they have set it. */
  function begin(one: Destination): void {
    if (isWhole) return;
    const starts = startsOf(one, beginning(), facts.value, dayOf(Date.now()));
    batch(() => {
      values.value = [
        ...values.value.filter(({ id }) => touched.has(id)),
        ...starts.values.filter(({ id }) => !touched.has(id)),
      ];
      media.value = mediaOf(starts);
      if (!touched.has(TEMPLATE)) template.value = starts.template;
      if (isSame(tags.value, begunTags)) enter({ tags: [...starts.tags] });
      begunTags = starts.tags;
    });
  }

  /** What the preset says, or else what is set for the database. */
  function beginning(): FormSettings {
    return preset.value ? { ...preset.value.beginning, version: 1, mapping: form.value.mapping } : form.value;
  }

  function restore(restored: Before): void {
    batch(() => {
      given.value = restored.given ?? {};
      values.value = restored.values;
      media.value = mediaOf(restored);
      template.value = restored.template;
      added.value = restored.values.map(({ id }) => id);
      typed.value = {};
    });
    touched.clear();
    for (const { id } of restored.values) touched.add(id);
    isWhole = restored.isWhole;
    begunTags = [];
    if (destination.value) begin(destination.value);
  }

  function set({ id, name }: Property, value: Value): void {
    touched.add(id);
    const changed = { id, name, value };
    const isThere = values.value.some((one) => one.id === id);
    values.value = isThere
      ? values.value.map((one) => (one.id === id ? changed : one))
      : [...values.value, changed];
  }

  const collect = (): Omit<Restored, 'given'> => ({
    values: collectValues(),
    ...media.value,
    ...(template.value === undefined ? {} : { template: template.value }),
  });

  function collectValues(): PropertyValue[] {
    const pending = Object.entries(typed.value).flatMap(([id, words]) => {
      const property = destination.value?.properties.find((one) => one.id === id);
      const names = splitTags(words).map((name) => ({ name }));
      return property && names.length > 0 ? [{ property, names }] : [];
    });
    const all = new Map(values.value.map((one) => [one.id, one]));
    for (const { property, names } of pending) {
      const before = all.get(property.id)?.value;
      const items = [...(before?.kind === 'list' ? before.items : []), ...names];
      all.set(property.id, { id: property.id, name: property.name, value: { kind: 'list', items } });
    }
    return [...all.values()].filter(({ value }) => !isEmpty(value));
  }

  /** Why what the row holds can only be shown. */
  function fixedIn(property: Property | undefined): ReturnType<typeof fixedBy> {
    const held = property ? readGiven(given.value[property.id], property) : null;
    return held && property ? fixedBy(held, property) : null;
  }

  /** The property that this field of the form goes to. */
  function propertyOf(field: PageField): Property | undefined {
    const mapping = destination.value?.mapping;
    const id = field === 'url' ? null : mapping?.[field];
    return destination.value?.properties.find((one) => one.id === id);
  }

  /** The value that the control of a property shows; of another kind only when the property was retyped meanwhile. */
  function shownValue(property: Property): Value {
    const value = values.value.find(({ id }) => id === property.id)?.value;
    return value?.kind === kindOf(property) ? value : emptyValue(property);
  }

  function View() {
    const one = destination.value;
    if (!one) return null;
    const { shown, others } = formOf(one, beginning());
    const more = others.filter(({ id }) => added.value.includes(id));
    const rest = others.filter(({ id }) => !added.value.includes(id));
    const fixed = (['title', 'description'] as const).map((field) => fixedIn(propertyOf(field)));
    return (
      <>
        {fixed.some((why) => why !== null) ? <p class="hint">{client.text('popup_text_not_taken')}</p> : null}
        {[...shown, ...more].map((property) => (
          <PropertyField
            key={property.id}
            client={client}
            botId={one.botId}
            property={property}
            value={shownValue(property)}
            fixed={fixedIn(property)}
            set={(value) => set(property, value)}
            typed={{
              get value() {
                return typed.value[property.id] ?? '';
              },
              set value(words) {
                typed.value = { ...typed.value, [property.id]: words };
              },
            }}
          />
        ))}
        <Template one={one} />
        <content.View />
        {rest.length > 0 ? (
          <div class="row">
            <span />
            <select
              class="add quiet"
              aria-label={client.text('properties_add')}
              value=""
              onChange={(event) => {
                const { value: id } = event.currentTarget;
                added.value = [...added.value, id];
                event.currentTarget.value = '';
                requestAnimationFrame(() => document.getElementById(`property-${id}`)?.focus());
              }}
            >
              <option value="">{client.text('properties_add')}</option>
              {rest.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        ) : null}
      </>
    );
  }

  /** The template of the row's page, where the database has some; one that is there has begun with another. */
  function Template({ one: { templates = [] } }: { one: Destination }) {
    if (templates.length === 0 || isUpdate.value) return null;
    return (
      <div class="row">
        <label for="template">{client.text('field_template')}</label>
        <select
          id="template"
          class="field"
          value={template.value ?? ''}
          onChange={(event) => {
            touched.add(TEMPLATE);
            template.value = event.currentTarget.value || undefined;
          }}
        >
          <TemplateChoices text={client.text} templates={templates} />
        </select>
      </div>
    );
  }

  const typedByUser = (): Restored => {
    const pending = typed.value;
    const { values: all, ...page } = collect();
    return {
      values: all.filter(({ id }) => touched.has(id) || pending[id]),
      ...(isWhole ? page : touched.has(TEMPLATE) ? { template: page.template } : {}),
    };
  };

  return {
    View,
    TitleOffers: titleLine.Offers,
    completeTags: tagCompletion.complete,
    TagProposals: () => (
      <TagProposals client={client} proposed={tagCompletion.proposed} fields={fields} enter={enter} />
    ),
    isFixed: (field) => fixedIn(propertyOf(field)) !== null,
    collect,
    content: content.collect,
    typedByUser,
    restore,
    async settled() {
      titleLine.takeRest();
      await turning;
    },
  };
}

/** Stands for the template among the ids of what the user has changed; no property has such an id. */
const TEMPLATE = ' template';

const mediaOf = ({ icon, cover }: Pick<Restored, 'icon' | 'cover'>): Pick<Capture, 'icon' | 'cover'> => ({
  ...(icon === undefined ? {} : { icon }),
  ...(cover === undefined ? {} : { cover }),
});
