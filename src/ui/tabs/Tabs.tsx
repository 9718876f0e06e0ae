import { useEffect, useRef } from 'preact/hooks';
import type { OfferedTab, TabScope, TabState } from '../../core/capture/offer-tabs.ts';
import { meaningOf } from '../../core/meaning.ts';
import { completeTags } from '../../core/tags/complete.ts';
import type { MessageKey } from '../../core/text.ts';
import { failureBody } from '../components/failure-words.ts';
import { Mark } from '../components/Mark.tsx';
import { Notice } from '../components/Notice.tsx';
import { TagField, tagHint } from '../components/TagField.tsx';
import type { Model } from './model.ts';

const SCOPES: Record<TabScope, MessageKey> = {
  all: 'tabs_scope_all',
  selected: 'tabs_scope_selected',
  group: 'tabs_scope_group',
  right: 'tabs_scope_right',
};

const MARKS: Record<Exclude<TabState, 'new'>, MessageKey> = {
  saved: 'tabs_saved',
  double: 'tabs_double',
  'not-savable': 'tabs_not_savable',
};

/** The tabs of a window, where they go, and what was done. */
export function Tabs({ model }: { model: Model }) {
  const { client, tabs, done } = model;
  return (
    <>
      <header>
        <Mark />
        <h1>{client.text('tabs_title')}</h1>
      </header>
      <div role="status">{done.value ? <WhatWasDone model={model} /> : null}</div>
      <Trouble model={model} />
      {tabs.value === null ? (
        <Ask model={model} />
      ) : done.value?.kind === 'kept' ? null : (
        <Form model={model} />
      )}
    </>
  );
}

/** The permission is asked for when it is needed, and says why. */
function Ask({ model: { client, wasRefused, ask } }: { model: Model }) {
  const { text } = client;
  return (
    <div class="ask">
      <h2>{text('tabs_ask_title')}</h2>
      <p class="quiet">{text('tabs_ask_body')}</p>
      <button type="button" class="button" autofocus onClick={() => void ask()}>
        {text('tabs_ask')}
      </button>
      {wasRefused.value ? <Notice tone="needs-you" role="alert" title={text('tabs_not_allowed')} /> : null}
    </div>
  );
}

function Trouble({ model: { client, failure } }: { model: Model }) {
  const why = failure.value;
  return why ? (
    <Notice
      tone="needs-you"
      role="alert"
      title={client.text(meaningOf(why).title)}
      body={failureBody(client, why)}
      detail={why.detail}
    />
  ) : null;
}

function WhatWasDone({ model }: { model: Model }) {
  const { client, done, busy, undo } = model;
  const { text } = client;
  const what = done.value;
  const button = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone.
  useEffect(() => button.current?.focus(), []);
  if (what?.kind === 'undone') {
    const body = what.opened > 0 ? text('tabs_opened', String(what.opened)) : '';
    return <Notice tone="neutral" title={text('tabs_undone')} body={body} />;
  }
  if (!what) return null;
  const { count, closed, stay } = what;
  const words = [
    closed > 0 ? text('tabs_closed', String(closed)) : '',
    stay > 0 ? text('tabs_stay', String(stay)) : '',
    text('tabs_kept_body'),
  ];
  return (
    <Notice
      tone="done"
      title={count === 1 ? text('tabs_kept_one') : text('tabs_kept', String(count))}
      body={words.filter((one) => one !== '').join(' ')}
    >
      <button
        type="button"
        class="button second"
        ref={button}
        aria-disabled={busy.value}
        onClick={() => void undo()}
      >
        {text('undo')}
      </button>
    </Notice>
  );
}

function Form({ model }: { model: Model }) {
  const { client, chosen, busy, save, closes } = model;
  const { text } = client;
  const count = chosen.value.length;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Where model={model} />
      <Reads model={model} />
      <Scopes model={model} />
      <List model={model} />
      <div class="foot">
        <label class="closes">
          <input
            type="checkbox"
            class="check"
            checked={closes.value}
            onChange={(event) => {
              closes.value = event.currentTarget.checked;
            }}
          />
          {text('tabs_close')}
        </label>
        <span class="gap quiet" aria-live="polite">
          {busy.value ? text('popup_keeping') : ''}
        </span>
        <button type="submit" class="button" aria-disabled={busy.value || count === 0}>
          {count === 1 ? text('tabs_save_one') : text('tabs_save', String(count))}
        </button>
      </div>
    </form>
  );
}

function Where({ model }: { model: Model }) {
  const { client, databases, destinationId, destination, presets, presetId, tags, typedTag, options } = model;
  const { text } = client;
  return (
    <div class="where">
      <div class="row">
        <label for="database">{text('field_database')}</label>
        <select
          id="database"
          class="field"
          value={destinationId.value ?? ''}
          onChange={(event) => void model.choose(event.currentTarget.value)}
        >
          {databases.value.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {presets.value.length > 0 ? (
        <div class="row">
          <label for="preset">{text('tabs_preset')}</label>
          <select
            id="preset"
            class="field"
            value={presetId.value ?? ''}
            onChange={(event) => void model.usePreset(event.currentTarget.value || null)}
          >
            <option value="">{text('tabs_no_preset')}</option>
            {presets.value.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <div class="row">
        <label for="tags" id="tags-label">
          {text('field_tags')}
        </label>
        <TagField
          id="tags"
          tags={tags}
          typed={typedTag}
          options={options.value}
          complete={completeTags}
          labelId="tags-label"
          hint={tagHint(client, tags.value, destination.value)}
          text={text}
        />
      </div>
    </div>
  );
}

function Reads({ model: { client, reads, setReads } }: { model: Model }) {
  const { text } = client;
  return (
    <div class="reads">
      <label class="closes">
        <input
          type="checkbox"
          class="check"
          checked={reads.value === true}
          aria-describedby="reads-why"
          onChange={(event) => void setReads(event.currentTarget.checked)}
        />
        {text('tabs_read')}
      </label>
      <p id="reads-why" class="hint" role="status">
        {reads.value === null ? text('tabs_read_refused') : text('tabs_read_why')}
      </p>
    </div>
  );
}

function Scopes({ model: { client, scope, scopes } }: { model: Model }) {
  if (scopes.value.length < 2) return null;
  return (
    <fieldset class="scopes">
      <legend class="visually-hidden">{client.text('tabs_scope')}</legend>
      {scopes.value.map(({ scope: of, count }) => (
        <label key={of}>
          <input
            type="radio"
            name="scope"
            checked={scope.value === of}
            onChange={() => {
              scope.value = of;
            }}
          />
          {client.text(SCOPES[of], String(count))}
        </label>
      ))}
    </fieldset>
  );
}

function List({ model }: { model: Model }) {
  const { client, offered, chosen, setAllChosen } = model;
  const { text } = client;
  const all = offered.value.filter(({ state }) => state !== 'not-savable').length;
  if (offered.value.length === 0) return <p class="quiet">{text('tabs_none')}</p>;
  return (
    <>
      <label class="all">
        <input
          type="checkbox"
          class="check"
          checked={all > 0 && chosen.value.length === all}
          disabled={all === 0}
          ref={(box) => {
            if (box) box.indeterminate = chosen.value.length > 0 && chosen.value.length < all;
          }}
          onChange={(event) => setAllChosen(event.currentTarget.checked)}
        />
        {text('tabs_choose_all')}
      </label>
      <ul class="tabs" aria-label={text('tabs_list')}>
        {offered.value.map((tab) => (
          <One key={tab.id} model={model} tab={tab} />
        ))}
      </ul>
    </>
  );
}

function One({ model, tab }: { model: Model; tab: OfferedTab }) {
  const { client, isChosen, titleOf, setChosen, setTitle } = model;
  const { text } = client;
  const { id, url, state, isPinned } = tab;
  const isOff = state === 'not-savable';
  const marks = [state === 'new' ? null : text(MARKS[state]), isPinned ? text('tabs_pinned') : null].filter(
    (mark) => mark !== null,
  );
  return (
    <li class={isOff ? 'off' : undefined}>
      <input
        type="checkbox"
        class="check"
        aria-label={titleOf(tab) || url}
        aria-describedby={`about-${id}`}
        checked={isChosen(tab)}
        disabled={isOff}
        onChange={(event) => setChosen(tab, event.currentTarget.checked)}
      />
      <div class="what">
        {isOff ? (
          <b dir="auto">{titleOf(tab) || url}</b>
        ) : (
          <input
            class="title"
            dir="auto"
            aria-label={text('tabs_title_of', url)}
            autocomplete="off"
            value={titleOf(tab)}
            onInput={(event) => setTitle(tab, event.currentTarget.value)}
          />
        )}
        <p class="quiet" id={`about-${id}`}>
          {marks.map((mark) => (
            <span class="mark-of" key={mark}>
              {mark}
            </span>
          ))}
          <bdi class="address">{url}</bdi>
        </p>
      </div>
    </li>
  );
}
