/** The control of one property, made from its schema. */
import { batch } from '@preact/signals-core';
import { useEffect, useRef } from 'preact/hooks';
import type { Option, Property } from '../../core/database/destination.ts';
import { type ListItem, listItems, type Value } from '../../core/database/value.ts';
import { shortcutOf } from '../../core/keys.ts';
import { plainValue, readNumber } from '../../core/notion/encode.ts';
import { offsetOf } from '../../core/notion/given-date.ts';
import { completeTags } from '../../core/tags/complete.ts';
import { tagProblem } from '../../core/tags/rules.ts';
import { editedText } from '../../core/text/edits.ts';
import type { Client } from '../../protocol/client.ts';
import type { Listed, Named } from '../../protocol/replies.ts';
import { useSignal } from './live.ts';
import { type Holder, TagField } from './TagField.tsx';

type FieldProps = {
  client: Client;
  /** The authorization through which people and related pages are found. */
  botId: string;
  property: Property;
  /** Of the kind that the property's type has. */
  value: Value;
  /** Why the value can only be shown; null: it can be changed. */
  fixed?: 'partial' | 'not-taken' | null;
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
      {props.fixed ? <Shown {...props} id={id} /> : <Control {...props} id={id} />}
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

/** A value that cannot go back to Notion whole: what is known of it, and why it can be changed only there. */
function Shown({ client, botId, property, value, fixed, id }: ControlProps) {
  const { text } = client;
  const names = usePageTitles(client, botId, property.type === 'relation' ? unnamedIn(value) : []);
  const words =
    value.kind === 'list'
      ? value.items.map(({ name, id: of }) => name || (names.get(of ?? '') ?? text('properties_no_access')))
      : [plainValue(value)];
  return (
    <div>
      <textarea
        id={id}
        class="field line-like"
        rows={1}
        dir="auto"
        readOnly
        aria-describedby={`${id}-hint`}
        value={words.join('\n') + (fixed === 'partial' ? '\n…' : '')}
      />
      <p id={`${id}-hint`} class="hint">
        {text(fixed === 'partial' ? 'properties_partial' : 'properties_not_taken')}
      </p>
    </div>
  );
}

/** The ids of what is known by nothing else. */
const unnamedIn = (value: Value): string[] =>
  listItems(value).flatMap(({ name, id }) => (name === '' && id !== undefined ? [id] : []));

/** The titles of these pages, as they come from Notion; null: nobody here may read it. */
function usePageTitles(client: Client, botId: string, ids: readonly string[]): Map<string, string | null> {
  const titles = useSignal(new Map<string, string | null>());
  const asked = useRef(new Set<string>());
  const wanted = ids.filter((id) => !asked.current.has(id)).slice(0, MOST_TITLES);
  useEffect(() => {
    for (const pageId of wanted) {
      asked.current.add(pageId);
      void client.call({ type: 'name-page', botId, pageId }).then((answer) => {
        titles.value = new Map([...titles.value, [pageId, answer.ok ? answer.value : null]]);
      });
    }
  }, [wanted.join()]);
  return titles.value;
}

/** As many as a page of Notion shows of a relation. */
const MOST_TITLES = 25;

const INPUT_TYPES: Record<string, 'url' | 'email' | 'tel'> = {
  url: 'url',
  email: 'email',
  phone_number: 'tel',
};

/** As a control of several lines shows it. */
const oneKindOfBreak = (text: string): string => text.replace(/\r\n?/g, '\n');

function Text({ client, property: { type }, value, set, id }: ControlProps) {
  const text = value.kind === 'text' ? value.text : '';
  const onInput = (event: { currentTarget: { value: string } }) =>
    set({ kind: 'text', text: editedText(text, oneKindOfBreak(text), event.currentTarget.value) });
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
  // What the row has may have been made since the options were read, or be gone from them.
  const isListed = chosen === '' || options.some(({ name }) => name === chosen);
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
      {isListed ? null : <option value={chosen}>{chosen}</option>}
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
    return listItems(value).map(({ name }) => name);
  },
  set value(names) {
    const before = listItems(value);
    set({
      kind: 'list',
      items: names.map((name) => {
        const there = before.find((item) => item.name === name);
        const found = idOf(name);
        return there ?? (found === undefined ? { name } : { name, id: found });
      }),
    });
  },
});

function Options({ client: { text }, property, value, set, typed, id }: ControlProps) {
  const { options = [] } = property;
  const idOf = (name: string) => options.find((option) => option.name === name)?.id;
  const tags = namesIn(value, set, idOf);
  const isLong = tags.value.some((name) => idOf(name) === undefined && tagProblem(name) !== null);
  return (
    <TagField
      id={id}
      tags={tags}
      typed={typed}
      options={options}
      complete={completeTags}
      most={property.type === 'select' ? 1 : Number.POSITIVE_INFINITY}
      labelId={`${id}-label`}
      hint={isLong ? text('tags_too_long') : ''}
      text={text}
    />
  );
}

/** What each is called, by its id: names that are the same are told apart by a number. */
function labelsOf(all: readonly { id: string; name: string }[]): Map<string, string> {
  const counts = new Map<string, number>();
  const labels = new Map<string, string>();
  for (const { id, name } of all) {
    if (labels.has(id)) continue;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    labels.set(id, count === 1 ? name : `${name} (${count})`);
  }
  return labels;
}

/** A field for what has an id in Notion: `find` gets what can be chosen for what is typed. */
function References({
  client: { text },
  value,
  set,
  typed,
  id,
  find,
  nameOf,
  cut,
}: ControlProps & {
  find: (typed: string) => Promise<Listed | null>;
  /** What is shown for one that the row has. */
  nameOf: (item: Named) => string;
  /** Says that there are more than these. */
  cut: (count: string) => string;
}) {
  const found = useSignal<readonly Named[]>([]);
  const state = useSignal<'idle' | 'looking' | 'failed' | 'cut'>('idle');
  const asked = useSignal(0);
  const items = listItems(value);
  const isKnown = (item: ListItem): item is Named => item.id !== undefined;
  const labels = labelsOf([
    ...items.filter(isKnown).map((item) => ({ id: item.id, name: nameOf(item) })),
    ...found.value.map(({ id: of, name }) => ({ id: of, name: name || text('properties_untitled') })),
  ]);
  const idOf = (label: string) => [...labels].find(([, one]) => one === label)?.[0];
  const tags: Holder<string[]> = {
    get value() {
      return items.map((item) => (isKnown(item) ? (labels.get(item.id) ?? item.name) : item.name));
    },
    set value(next) {
      set({
        kind: 'list',
        items: next.map((label) => {
          const of = idOf(label);
          const there = items.find((item) => (of === undefined ? item.name === label : item.id === of));
          const name = found.value.find((one) => one.id === of)?.name ?? label;
          return there ?? (of === undefined ? { name } : { name, id: of });
        }),
      });
    },
  };

  const look = async (words: string) => {
    const mine = asked.value + 1;
    batch(() => {
      asked.value = mine;
      state.value = 'looking';
    });
    const answer = await find(words);
    // A later question has been asked meanwhile.
    if (asked.value !== mine) return;
    batch(() => {
      state.value = answer === null ? 'failed' : answer.isWhole ? 'idle' : 'cut';
      found.value = answer?.found ?? [];
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
      tags={tags}
      typed={{
        get value() {
          return typed.value;
        },
        set value(words) {
          typed.value = words;
          if (words.trim() !== '') void look(words);
        },
      }}
      options={found.value.map(({ id: of }) => ({ id: of, name: labels.get(of) ?? '', color: 'default' }))}
      complete={completeTags}
      canCreate={false}
      isAwaited={state.value === 'looking'}
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
      nameOf={({ name }) => name || client.text('properties_somebody')}
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
  const { client, botId, property, value } = props;
  const { text } = client;
  const titles = usePageTitles(client, botId, unnamedIn(value));
  const nameOf = ({ id, name }: Named): string => {
    const title = titles.get(id);
    if (name || title === undefined) return name || text('properties_looking');
    return title === null ? text('properties_no_access') : title || text('properties_untitled');
  };
  return (
    <References
      {...props}
      cut={(count) => client.text('properties_related_cut', count)}
      nameOf={nameOf}
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

/** The files that the row has, which can be taken out, and addresses to be added, one a line. */
function Files({ client: { text }, value, set, id }: ControlProps) {
  const items = listItems(value);
  const held = items.filter((item) => item.id !== undefined);
  const typed = items.filter((item) => item.id === undefined);
  return (
    <div>
      {held.length > 0 ? (
        <div class="held">
          {held.map((item) => (
            <span class="chip default" key={item.id}>
              <span dir="auto">{item.name}</span>
              <button
                type="button"
                aria-label={text('tags_remove', item.name)}
                onClick={() => {
                  set({ kind: 'list', items: items.filter((one) => one !== item) });
                  document.getElementById(id)?.focus();
                }}
              >
                ×
              </button>
            </span>
          ))}
        </div>
      ) : null}
      <textarea
        id={id}
        class="field line-like"
        rows={1}
        dir="ltr"
        placeholder={text('properties_files')}
        spellcheck={false}
        value={typed.map(({ name }) => name).join('\n')}
        onInput={(event) => {
          const lines = event.currentTarget.value;
          const added = lines === '' ? [] : lines.split('\n').map((name) => ({ name }));
          set({ kind: 'list', items: [...held, ...added] });
        }}
      />
    </div>
  );
}

/** A day, or with a time of day, or a range. T is today. */
function DateField({ client: { text }, property, value, set, id }: ControlProps) {
  const date =
    value.kind === 'date' ? value : { kind: 'date' as const, start: '', end: null, timeZone: null };
  const withTime = useSignal(date.start.includes('T'));
  const withEnd = useSignal(date.end !== null);
  /** Where the time of day is: where it was, and for the first one where the user is. */
  const hasTime = date.start.includes('T');
  const offset = offsetOf(date.start);
  const timeZone = hasTime ? date.timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const put = (change: { start?: string; end?: string | null }) => {
    const next = { ...date, ...change };
    set({ ...next, timeZone: next.start.includes('T') ? timeZone : null });
  };
  /** What was typed, as a moment where the others of this date are. */
  const placed = (moment: string): string =>
    moment.includes('T') && offset !== ''
      ? `${moment.length === 16 ? `${moment}:00` : moment}${offset}`
      : moment;
  /** As the control shows it. */
  const shown = (moment: string | null): string => (moment ?? '').slice(0, withTime.value ? 16 : 10);
  const now = (): string => {
    const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString();
    return local.slice(0, withTime.value ? 16 : 10);
  };
  /** Now, where the user is; a time of day elsewhere gives way. */
  const putNow = () => {
    const start = now();
    set({
      ...date,
      start,
      timeZone: start.includes('T') ? Intl.DateTimeFormat().resolvedOptions().timeZone : null,
    });
  };
  const type = withTime.value ? 'datetime-local' : 'date';
  const onKeyDown = (event: KeyboardEvent) => {
    if (shortcutOf(event) !== 't') return;
    event.preventDefault();
    putNow();
  };
  /** The same moment with or without its time of day. */
  const fitted = (moment: string | null, timed: boolean): string | null => {
    if (moment === null || moment === '') return moment;
    if (!timed) return moment.slice(0, 10);
    return moment.includes('T') ? moment : `${moment.slice(0, 10)}T00:00`;
  };
  return (
    <div class="dates">
      <input
        id={id}
        class="field"
        type={type}
        aria-keyshortcuts="T"
        title={text('properties_today_key')}
        value={shown(date.start)}
        onInput={(event) => put({ start: placed(event.currentTarget.value) })}
        onKeyDown={onKeyDown}
      />
      {withEnd.value ? (
        <input
          class="field"
          type={type}
          aria-label={text('properties_end', property.name)}
          value={shown(date.end)}
          onInput={(event) => put({ end: placed(event.currentTarget.value) || null })}
        />
      ) : null}
      <button type="button" class="quiet-link" onClick={putNow}>
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
