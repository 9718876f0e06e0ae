/** The control of one property, made from its schema. */
import { batch } from '@preact/signals-core';
import type { Option, Property } from '../../core/notion/destination.ts';
import { readNumber } from '../../core/notion/encode.ts';
import type { Value } from '../../core/notion/value.ts';
import { completeTags } from '../../core/tags/complete.ts';
import { tagProblem } from '../../core/tags/rules.ts';
import type { Client } from '../../protocol/client.ts';
import type { Listed, Named } from '../../protocol/messages.ts';
import { useSignal } from './live.ts';
import { type Holder, TagField } from './TagField.tsx';

type FieldProps = {
  client: Client;
  /** The authorization through which people and related pages are found. */
  botId: string;
  property: Property;
  /** Of the kind that the property's type has. */
  value: Value;
  set: (value: Value) => void;
  /** What is typed into a field of several values and not one of them yet. */
  typed: Holder<string>;
};

export function PropertyField(props: FieldProps) {
  const { property } = props;
  const id = `property-${property.id}`;
  return (
    <div class="row">
      <label for={id} id={`${id}-label`} title={property.name}>
        <bdi>{property.name}</bdi>
      </label>
      <Control {...props} id={id} />
    </div>
  );
}

type ControlProps = FieldProps & { id: string };

function Control(props: ControlProps) {
  switch (props.property.type) {
    case 'checkbox':
      return <Flag {...props} />;
    case 'date':
      return <DateField {...props} />;
    case 'status':
      return <Status {...props} />;
    case 'select':
    case 'multi_select':
      return <Options {...props} />;
    case 'people':
      return <People {...props} />;
    case 'relation':
      return <Related {...props} />;
    case 'files':
      return <Files {...props} />;
    default:
      return <Text {...props} />;
  }
}

const INPUT_TYPES: Record<string, 'url' | 'email' | 'tel'> = {
  url: 'url',
  email: 'email',
  phone_number: 'tel',
};

function Text({ client, property: { type }, value, set, id }: ControlProps) {
  const text = value.kind === 'text' ? value.text : '';
  const onInput = (event: { currentTarget: { value: string } }) =>
    set({ kind: 'text', text: event.currentTarget.value });
  if (type === 'rich_text')
    return <textarea id={id} class="field line-like" rows={1} dir="auto" value={text} onInput={onInput} />;
  const isNumber = type === 'number';
  const isWrong = isNumber && text.trim() !== '' && readNumber(text) === null;
  return (
    <div>
      <input
        id={id}
        class="field"
        // The types of JSX tell inputs apart by a type that is known beforehand.
        type={(INPUT_TYPES[type] ?? 'text') as 'text'}
        {...(isNumber ? { inputMode: 'decimal' } : {})}
        dir={isNumber || type !== 'text' ? 'ltr' : 'auto'}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${id}-hint`}
        value={text}
        onInput={onInput}
      />
      <p id={`${id}-hint`} class="hint" aria-live="polite">
        {isWrong ? client.text('properties_no_number') : ''}
      </p>
    </div>
  );
}

const Flag = ({ value, set, id }: ControlProps) => (
  <input
    id={id}
    class="check"
    type="checkbox"
    checked={value.kind === 'flag' && value.on}
    onChange={(event) => set({ kind: 'flag', on: event.currentTarget.checked })}
  />
);

/** Grouped as in Notion. A write never makes a new status, so none can be typed. */
function Status({ client, property, value, set, id }: ControlProps) {
  const chosen = value.kind === 'text' ? value.text : '';
  const options = property.options ?? [];
  const item = ({ id: key, name }: Option) => (
    <option key={key} value={name}>
      {name}
    </option>
  );
  const groups = property.groups ?? [];
  const grouped = new Set(groups.flatMap(({ optionIds }) => optionIds));
  return (
    <select
      id={id}
      class="field"
      value={chosen}
      onChange={(event) => set({ kind: 'text', text: event.currentTarget.value })}
    >
      <option value="">{client.text('properties_default_status')}</option>
      {groups.map((group) => (
        <optgroup key={group.name} label={group.name}>
          {options.filter((option) => group.optionIds.includes(option.id)).map(item)}
        </optgroup>
      ))}
      {options.filter((option) => !grouped.has(option.id)).map(item)}
    </select>
  );
}

/** The names in a list, as something that a field of tags can hold. */
const namesIn = (
  value: Value,
  set: (value: Value) => void,
  idOf: (name: string) => string | undefined,
): Holder<string[]> => ({
  get value() {
    return value.kind === 'list' ? value.items.map(({ name }) => name) : [];
  },
  set value(names) {
    const before = value.kind === 'list' ? value.items : [];
    set({
      kind: 'list',
      items: names.map((name) => {
        const found = idOf(name) ?? before.find((item) => item.name === name)?.id;
        return found === undefined ? { name } : { name, id: found };
      }),
    });
  },
});

function Options({ client: { text }, property, value, set, typed, id }: ControlProps) {
  const tags = namesIn(value, set, () => undefined);
  const isLong = tags.value.some((name) => tagProblem(name) !== null);
  return (
    <TagField
      id={id}
      tags={tags}
      typed={typed}
      options={property.options ?? []}
      complete={completeTags}
      most={property.type === 'select' ? 1 : Number.POSITIVE_INFINITY}
      labelId={`${id}-label`}
      hint={isLong ? text('tags_too_long') : ''}
      text={text}
    />
  );
}

/** Names that are the same are told apart by a number. */
function optionsOf(all: readonly Named[], unnamed: string): (Option & { of: string })[] {
  const seen = new Map<string, number>();
  return all.map(({ id, name: given }) => {
    const name = given || unnamed;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { id, of: id, name: count === 1 ? name : `${name} (${count})`, color: 'default' };
  });
}

/** A field for what has an id in Notion: `find` gets what can be chosen for what is typed. */
function References({
  client: { text },
  value,
  set,
  typed,
  id,
  find,
  cut,
}: ControlProps & {
  find: (typed: string) => Promise<Listed | null>;
  /** Says that there are more than these. */
  cut: (count: string) => string;
}) {
  const found = useSignal<(Option & { of: string })[]>([]);
  const known = useSignal(new Map<string, string>());
  const state = useSignal<'idle' | 'looking' | 'failed' | 'cut'>('idle');
  const asked = useSignal(0);

  const look = async (words: string) => {
    const mine = asked.value + 1;
    batch(() => {
      asked.value = mine;
      state.value = 'looking';
    });
    const answer = await find(words);
    // A later question has been asked meanwhile.
    if (asked.value !== mine) return;
    const options = optionsOf(answer?.found ?? [], text('properties_untitled'));
    batch(() => {
      state.value = answer === null ? 'failed' : answer.isWhole ? 'idle' : 'cut';
      known.value = new Map([...known.value, ...options.map(({ name, of }): [string, string] => [name, of])]);
      found.value = options;
    });
  };
  const hints = {
    idle: '',
    looking: text('properties_looking'),
    failed: text('properties_not_found'),
    cut: cut(String(found.value.length)),
  };
  return (
    <TagField
      id={id}
      tags={namesIn(value, set, (name) => known.value.get(name))}
      typed={{
        get value() {
          return typed.value;
        },
        set value(words) {
          typed.value = words;
          if (words.trim() !== '') void look(words);
        },
      }}
      options={found.value}
      complete={completeTags}
      canCreate={false}
      labelId={`${id}-label`}
      hint={hints[state.value]}
      text={text}
      onFocus={() => {
        if (asked.value === 0) void look('');
      }}
    />
  );
}

function People(props: ControlProps) {
  const { client, botId } = props;
  const everybody = useSignal<Promise<Listed | null> | null>(null);
  return (
    <References
      {...props}
      cut={(count) => client.text('properties_people_cut', count)}
      find={() => {
        everybody.value ??= client
          .call({ type: 'list-people', botId })
          .then((answer) => (answer.ok ? answer.value : null));
        return everybody.value;
      }}
    />
  );
}

function Related(props: ControlProps) {
  const { client, botId, property } = props;
  return (
    <References
      {...props}
      cut={(count) => client.text('properties_related_cut', count)}
      find={async (typed) => {
        if (property.relatedTo === undefined) return null;
        const answer = await client.call({
          type: 'search-related',
          botId,
          dataSourceId: property.relatedTo,
          typed,
        });
        return answer.ok ? answer.value : null;
      }}
    />
  );
}

/** Addresses, one a line. */
function Files({ client: { text }, value, set, id }: ControlProps) {
  const lines = value.kind === 'list' ? value.items.map(({ name }) => name).join('\n') : '';
  return (
    <textarea
      id={id}
      class="field line-like"
      rows={1}
      dir="ltr"
      placeholder={text('properties_files')}
      spellcheck={false}
      value={lines}
      onInput={(event) =>
        set({ kind: 'list', items: event.currentTarget.value.split('\n').map((name) => ({ name })) })
      }
    />
  );
}

/** A day, or with a time of day, or a range. T is today. */
function DateField({ client: { text }, property, value, set, id }: ControlProps) {
  const date =
    value.kind === 'date' ? value : { kind: 'date' as const, start: '', end: null, timeZone: null };
  const withTime = useSignal(date.start.includes('T'));
  const withEnd = useSignal(date.end !== null);
  const put = (change: Partial<typeof date>) => {
    const next = { ...date, ...change };
    const timeZone = next.start.includes('T') ? Intl.DateTimeFormat().resolvedOptions().timeZone : null;
    set({ ...next, timeZone });
  };
  const now = (): string => {
    const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
    return local.slice(0, withTime.value ? 16 : 10);
  };
  const type = withTime.value ? 'datetime-local' : 'date';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 't' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    put({ start: now() });
  };
  /** The same moment with or without its time of day. */
  const fitted = (moment: string | null, timed: boolean): string | null => {
    if (moment === null || moment === '') return moment;
    return timed ? `${moment.slice(0, 10)}T${moment.slice(11, 16) || '00:00'}` : moment.slice(0, 10);
  };
  return (
    <div class="dates">
      <input
        id={id}
        class="field"
        type={type}
        aria-keyshortcuts="T"
        title={text('properties_today_key')}
        value={date.start}
        onInput={(event) => put({ start: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      {withEnd.value ? (
        <input
          class="field"
          type={type}
          aria-label={text('properties_end', property.name)}
          value={date.end ?? ''}
          onInput={(event) => put({ end: event.currentTarget.value || null })}
        />
      ) : null}
      <button type="button" class="quiet-link" onClick={() => put({ start: now() })}>
        {text('properties_today')}
      </button>
      <button
        type="button"
        class="quiet-link"
        aria-pressed={withTime.value}
        onClick={() => {
          withTime.value = !withTime.value;
          put({
            start: fitted(date.start, withTime.value) ?? '',
            end: fitted(date.end, withTime.value),
          });
        }}
      >
        {text('properties_time')}
      </button>
      <button
        type="button"
        class="quiet-link"
        aria-pressed={withEnd.value}
        onClick={() => {
          withEnd.value = !withEnd.value;
          if (!withEnd.value) put({ end: null });
        }}
      >
        {text('properties_range')}
      </button>
    </div>
  );
}
