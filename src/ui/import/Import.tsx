import { useRef } from 'preact/hooks';
import type { Property } from '../../core/database/destination.ts';
import type { RefusalReason } from '../../core/library/item.ts';
import type { EntryState, Job, JobState } from '../../core/library/job.ts';
import { FLAGS, type Flag, type FlagPlace } from '../../core/library/places.ts';
import type { LibraryFailure } from '../../core/library/read.ts';
import { meaningOf } from '../../core/meaning.ts';
import { completeTags } from '../../core/tags/complete.ts';
import type { MessageKey } from '../../core/text.ts';
import { failureBody } from '../components/failure-words.ts';
import { Mark } from '../components/Mark.tsx';
import { Notice } from '../components/Notice.tsx';
import { TagField, tagHint } from '../components/TagField.tsx';
import type { Model } from './model.ts';

const WHY: Record<RefusalReason, MessageKey> = {
  'no-address': 'import_no_address',
  'not-web': 'import_not_web',
  unreadable: 'import_unreadable',
};
const FAILED: Record<LibraryFailure, MessageKey> = {
  unknown: 'import_unknown',
  damaged: 'import_damaged',
  'too-large': 'import_too_large',
};
const STATES: Record<JobState, MessageKey> = {
  storing: 'import_storing',
  running: 'import_running',
  paused: 'import_paused',
  stopped: 'import_stopped',
  done: 'import_done',
  undoing: 'import_undoing',
  undone: 'import_undone',
};
const COUNTS: readonly [EntryState, MessageKey][] = [
  ['made', 'import_made'],
  ['there', 'import_there'],
  ['refused', 'import_refused'],
  ['undone', 'import_taken_back'],
];
const FLAG_NAMES: Record<Flag, MessageKey> = {
  unread: 'import_unread',
  archived: 'import_archived',
  favourite: 'import_favourite',
};

/** Files to be imported, where their fields go, and how imports stand. */
export function Import({ model }: { model: Model }) {
  const { client, found, reading, jobs, failure } = model;
  const { text } = client;
  const why = failure.value;
  return (
    <>
      <header>
        <Mark />
        <h1>{text('import_title')}</h1>
      </header>
      {why ? (
        <Notice
          tone="needs-you"
          role="alert"
          title={text(meaningOf(why).title)}
          body={failureBody(client, why)}
          detail={why.detail}
        />
      ) : null}
      <div role="status">{reading.value ? <p class="quiet">{text('import_reading')}</p> : null}</div>
      {found.value === null ? <Choose model={model} /> : <Preview model={model} />}
      {jobs.value.map((job) => (
        <One key={job.id} model={model} job={job} />
      ))}
    </>
  );
}

function Choose({ model: { client, readFiles } }: { model: Model }) {
  const { text } = client;
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="choose">
      <p class="quiet">{text('import_body')}</p>
      <button type="button" class="button" autofocus onClick={() => input.current?.click()}>
        {text('import_choose')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".html,.htm,.csv,.tsv,.json,.jsonlz4,.zip,.xml,.opml,.txt,.md"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) void readFiles(files);
        }}
      />
    </div>
  );
}

/** All that is said before anything is sent. */
function Preview({ model }: { model: Model }) {
  const { client, found, fresh, outlook, minutes, places, busy, start, leave } = model;
  const { text } = client;
  const number = (count: number) => count.toLocaleString(client.language);
  const what = found.value;
  if (!what) return null;
  const { items, doubles, refused, failed } = what;
  const there = items.length - fresh.value.length;
  const facts = [
    doubles > 0 ? text('import_doubles', number(doubles)) : '',
    there > 0 ? text('import_known', number(there)) : '',
    refused.length > 0 ? text('import_left', number(refused.length)) : '',
  ].filter((fact) => fact !== '');
  return (
    <form
      class="preview"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      {failed.map((why) => (
        <Notice key={why} tone="needs-you" role="alert" title={text(FAILED[why])} />
      ))}
      {items.length > 0 ? (
        <h2>{text('import_found', number(items.length))}</h2>
      ) : (
        <h2>{text('import_nothing')}</h2>
      )}
      {facts.length > 0 ? <p class="quiet">{facts.join(' · ')}</p> : null}
      {refused.length > 0 ? (
        <details>
          <summary>{text('import_left_list')}</summary>
          <ul class="left">
            {refused.slice(0, 200).map(({ number: at, what: words, why }) => (
              <li key={at}>
                <bdi>{words || `#${at}`}</bdi> <span class="quiet">{text(WHY[why])}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {fresh.value.length > 0 && places.value ? (
        <>
          <Examples model={model} />
          <Where model={model} />
          {outlook.value && outlook.value.newTags.length > 0 ? (
            <label class="switch">
              <input
                type="checkbox"
                class="check"
                checked={places.value.makesTags}
                onChange={(event) => model.setPlaces({ makesTags: event.currentTarget.checked })}
              />
              {text(
                'import_new_tags',
                number(outlook.value.newTags.length),
                outlook.value.newTags
                  .slice(0, 5)
                  .map(({ name }) => name)
                  .join(', '),
              )}
            </label>
          ) : null}
          <p class="quiet">{text('import_time', number(minutes.value))}</p>
        </>
      ) : null}
      <div class="foot">
        <button type="button" class="button second" onClick={leave}>
          {text('import_leave')}
        </button>
        <span class="gap quiet" aria-live="polite">
          {busy.value ? text('popup_keeping') : ''}
        </span>
        {fresh.value.length > 0 ? (
          <button type="submit" class="button" aria-disabled={busy.value}>
            {text('import_start', number(fresh.value.length))}
          </button>
        ) : null}
      </div>
    </form>
  );
}

function Examples({ model: { client, fresh } }: { model: Model }) {
  const { text, language } = client;
  return (
    <ul class="examples" aria-label={text('import_examples')}>
      {fresh.value.slice(0, 3).map((item) => (
        <li key={item.url}>
          <b dir="auto">{item.title ?? item.url}</b>
          <p class="quiet">
            <bdi class="address">{item.url}</bdi>
            {[
              item.created === null ? '' : new Date(item.created).toLocaleDateString(language),
              item.folder.join(' / '),
              item.tags.join(', '),
            ]
              .filter((part) => part !== '')
              .map((part) => (
                <bdi key={part}> · {part}</bdi>
              ))}
          </p>
        </li>
      ))}
    </ul>
  );
}

function Where({ model }: { model: Model }) {
  const { client, databases, destinationId, destination, places, setPlaces, outlook, tags, typedTag } = model;
  const { text } = client;
  const to = places.value;
  const properties = destination.value?.properties ?? [];
  if (!to) return null;
  const of = (...types: string[]) => properties.filter(({ type }) => types.includes(type));
  const select = (
    id: string,
    label: string,
    value: string,
    choices: [string, string][],
    set: (value: string) => void,
  ) => (
    <div class="row">
      <label for={id}>{label}</label>
      <select id={id} class="field" value={value} onChange={(event) => set(event.currentTarget.value)}>
        {choices.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
  const nowhere: [string, string] = ['', text('import_nowhere')];
  const folder = to.folder === null ? '' : to.folder.as === 'property' ? to.folder.id : to.folder.as;
  return (
    <div class="where">
      {select(
        'database',
        text('field_database'),
        destinationId.value ?? '',
        databases.value.map(({ id, label }) => [id, label]),
        (id) => void model.choose(id),
      )}
      {outlook.value && outlook.value.dated > 0
        ? select(
            'created',
            text('import_date'),
            to.created ?? '',
            [nowhere, ...of('date').map(({ id, name }): [string, string] => [id, name])],
            (id) => setPlaces({ created: id || null }),
          )
        : null}
      {outlook.value && outlook.value.folders > 0
        ? select(
            'folder',
            text('import_folder'),
            folder,
            [
              nowhere,
              ['names', text('import_folder_names')],
              ['last', text('import_folder_last')],
              ...of('select', 'multi_select', 'rich_text')
                .filter(
                  ({ id }) =>
                    id !== destination.value?.mapping.tags && id !== destination.value?.mapping.description,
                )
                .map(({ id, name }): [string, string] => [id, name]),
            ],
            (value) =>
              setPlaces({
                folder:
                  value === ''
                    ? null
                    : value === 'names' || value === 'last'
                      ? { as: value }
                      : { as: 'property', id: value },
              }),
          )
        : null}
      {FLAGS.filter((flag) => (outlook.value?.flags[flag] ?? 0) > 0).map((flag) => {
        const choices = flagChoices(properties);
        const key = keyOf(to[flag]);
        return (
          <div key={flag}>
            {select(
              flag,
              text(FLAG_NAMES[flag]),
              key,
              [nowhere, ...choices.map(([place, name]): [string, string] => [keyOf(place), name])],
              (value) =>
                setPlaces({ [flag]: choices.find(([place]) => keyOf(place) === value)?.[0] ?? null }),
            )}
          </div>
        );
      })}
      <div class="row">
        <label for="tags" id="tags-label">
          {text('import_tags')}
        </label>
        <TagField
          id="tags"
          tags={tags}
          typed={typedTag}
          options={properties.find(({ id }) => id === destination.value?.mapping.tags)?.options ?? []}
          complete={completeTags}
          labelId="tags-label"
          hint={tagHint(client, tags.value, destination.value)}
          text={text}
        />
      </div>
    </div>
  );
}

const keyOf = (place: FlagPlace): string => (place === null ? '' : `${place.id} ${place.option ?? ''}`);

/** A checkbox, or an option of a status or select, for each way to say that an entry is of a kind. */
const flagChoices = (properties: readonly Property[]): [NonNullable<FlagPlace>, string][] =>
  properties.flatMap(({ id, name, type, options = [] }): [NonNullable<FlagPlace>, string][] => {
    if (type === 'checkbox') return [[{ id, option: null }, name]];
    if (type !== 'status' && type !== 'select') return [];
    return options.map((option) => [{ id, option: option.name }, `${name}: ${option.name}`]);
  });

function One({ model, job }: { model: Model; job: Job }) {
  const { client, refused, busy, turn, forget } = model;
  const { text } = client;
  const number = (count: number) => count.toLocaleString(client.language);
  const { id, name, state, counts, failure } = job;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const open =
    state === 'undoing'
      ? (counts.made ?? 0) + (counts.undoing ?? 0)
      : (counts.waiting ?? 0) + (counts['under-way'] ?? 0);
  const button = (label: MessageKey, act: () => Promise<void>) => (
    <button type="button" class="button second" aria-disabled={busy.value} onClick={() => void act()}>
      {text(label)}
    </button>
  );
  const said = COUNTS.flatMap(([of, key]) =>
    (counts[of] ?? 0) > 0 ? [text(key, number(counts[of] ?? 0))] : [],
  );
  const isOpen = state === 'running' || state === 'paused';
  return (
    <div class="job">
      <h2 id={`job-${id}`} dir="auto">
        {name}
      </h2>
      <progress max={all} value={all - open} aria-labelledby={`job-${id}`} />
      <p role="status">
        {[
          text(STATES[state]),
          open > 0 ? text('import_progress', number(all - open), number(all)) : '',
          ...said,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      {failure ? (
        <Notice
          tone="needs-you"
          title={text(meaningOf(failure).title)}
          body={failureBody(client, failure)}
          detail={failure.detail}
        />
      ) : null}
      {(refused.value[id]?.length ?? 0) > 0 ? (
        <details>
          <summary>{text('import_refused_list')}</summary>
          <ul class="left">
            {refused.value[id]?.map(({ number: at, item, why }) => (
              <li key={at}>
                <bdi>{item.title ?? item.url}</bdi>{' '}
                <span class="quiet">{why ? text(meaningOf(why).title) : ''}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <div class="actions">
        {state === 'running' ? button('import_pause', () => turn(id, 'paused')) : null}
        {state === 'paused' || state === 'stopped' ? button('import_go_on', () => turn(id, 'running')) : null}
        {isOpen ? button('import_stop', () => turn(id, 'stopped')) : null}
        {state !== 'undone' && state !== 'undoing' && state !== 'storing'
          ? button('import_undo', () => turn(id, 'undoing'))
          : null}
        {state === 'done' || state === 'undone' || state === 'storing'
          ? button('import_forget', () => forget(id))
          : null}
      </div>
    </div>
  );
}
