/**
 * The database's other properties, as far as they are in the form. Loaded after the first frame: they may be many, and the
 * form is of use before.
 */
import { batch, effect, type Signal, signal, untracked } from '@preact/signals-core';
import type { PageFacts } from '../../core/capture/capture.ts';
import { dayOf, startValues } from '../../core/capture/starts.ts';
import type { Destination, Property } from '../../core/notion/destination.ts';
import { isEmpty } from '../../core/notion/encode.ts';
import { carryOver, emptyValue, formOf, kindOf } from '../../core/notion/form.ts';
import { defaultForm, type FormSettings } from '../../core/notion/form-settings.ts';
import type { PropertyValue, Value } from '../../core/notion/value.ts';
import { splitTags } from '../../core/tags/rules.ts';
import type { Client } from '../../protocol/client.ts';
import { PropertyField } from '../components/PropertyField.tsx';

export type Properties = ReturnType<typeof openProperties>;

/**
 * @param destination the database of the form, with its schema
 * @param facts what was read of the page, once it was
 * @param restored values of an earlier save, or of what was typed before the popup went away
 */
export function openProperties(
  client: Client,
  destination: Signal<Destination | null>,
  facts: Signal<PageFacts | null>,
  restored: readonly PropertyValue[],
) {
  const form = signal<FormSettings>(defaultForm);
  const values = signal<readonly PropertyValue[]>(restored);
  /** Ids of properties that were added to the form for this save. */
  const added = signal<readonly string[]>(restored.map(({ id }) => id));
  /** What is typed into fields of several values and not part of them yet, by property id. */
  const typed = signal<Readonly<Record<string, string>>>({});
  /** Ids of properties that the user has changed. */
  const touched = new Set(restored.map(({ id }) => id));
  let current: string | null = null;
  let turning = Promise.resolve();

  effect(() => {
    const one = destination.value;
    if (one && one.id !== current) {
      turning = turnTo(one, current !== null);
      current = one.id;
    }
  });
  effect(() => {
    const one = destination.peek();
    if (one && facts.value) untracked(() => begin(one));
  });

  /** Another database: what was typed comes along where it fits. */
  async function turnTo(one: Destination, isOther: boolean): Promise<void> {
    const read = await client.readOne('form', one.id);
    if (destination.value?.id !== one.id) return;
    batch(() => {
      form.value = read.kind === 'read' ? read.value : defaultForm;
      if (isOther) {
        const mine = collect().filter(({ id }) => touched.has(id));
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
    const starts = startValues(one, form.value, facts.value, dayOf(Date.now()));
    values.value = [
      ...values.value.filter(({ id }) => touched.has(id)),
      ...starts.filter(({ id }) => !touched.has(id)),
    ];
  }

  function set({ id, name }: Property, value: Value): void {
    touched.add(id);
    values.value = [...values.value.filter((one) => one.id !== id), { id, name, value }];
  }

  /** All that is to be saved. */
  function collect(): PropertyValue[] {
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

  /** The value that the control of a property shows; of another kind only when the property was retyped meanwhile. */
  function shownValue(property: Property): Value {
    const value = values.value.find(({ id }) => id === property.id)?.value;
    return value?.kind === kindOf(property) ? value : emptyValue(property);
  }

  function View() {
    const one = destination.value;
    if (!one) return null;
    const { shown, others } = formOf(one, form.value);
    const more = others.filter(({ id }) => added.value.includes(id));
    const rest = others.filter(({ id }) => !added.value.includes(id));
    return (
      <>
        {[...shown, ...more].map((property) => (
          <PropertyField
            key={property.id}
            client={client}
            botId={one.botId}
            property={property}
            value={shownValue(property)}
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

  /** What the user has typed or chosen, without what properties begin with. */
  const typedByUser = (): PropertyValue[] => {
    const pending = typed.value;
    return collect().filter(({ id }) => touched.has(id) || pending[id]);
  };

  return { View, collect, typedByUser, settled: () => turning };
}
