import { failure } from '../../core/failure.ts';
import { isRowLost, meaningOf } from '../../core/meaning.ts';
import { contentTold } from '../../core/save/content-told.ts';
import type { Save } from '../../core/save/record.ts';
import type { MessageKey } from '../../core/text.ts';
import { Doubles } from '../components/Doubles.tsx';
import { failureBody } from '../components/failure-words.ts';
import { remediesOf } from '../components/remedy.ts';
import type { Model, WaitingSave } from './model.ts';
import { Section } from './Section.tsx';

/** Everything that is kept here and not in Notion yet, those that need the user first; and what went there last. */
export function WaitingSaves({ model }: { model: Model }) {
  const { client, waiting, waitingCount, unread, recent, aside, busy, undo, copyAside } = model;
  const { text } = client;
  const more = waitingCount.value - waiting.value.length;
  const wanted = waiting.value.flatMap(({ id, save }) => (save?.wanted === 'row' ? [id] : []));
  const asideCount = Object.keys(aside.value).length;
  return (
    <Section model={model} name="waiting" title={text('options_waiting')}>
      {waiting.value.length === 0 ? <p class="quiet">{text('options_waiting_none')}</p> : null}
      <ul class="saves">
        {waiting.value.map((one) => (
          <Waiting key={one.id} model={model} one={one} />
        ))}
      </ul>
      {more > 0 ? <p class="quiet">{text('options_waiting_more', String(more))}</p> : null}
      {wanted.length > 1 ? (
        <button
          type="button"
          class="button second"
          aria-disabled={busy.value}
          onClick={() => undo(...wanted)}
        >
          {text('options_undo_all', String(wanted.length))}
        </button>
      ) : null}
      {unread.value > 0 ? <p class="what needs">{text('options_unread', String(unread.value))}</p> : null}
      {asideCount > 0 ? (
        <p class="line">
          <span class="what needs">{text('options_aside', String(asideCount))}</span>
          <button type="button" class="button second" aria-disabled={busy.value} onClick={copyAside}>
            {text('options_aside_copy')}
          </button>
        </p>
      ) : null}
      {recent.value.length > 0 ? (
        <>
          <h3>{text('options_recent')}</h3>
          <ul class="saves">
            {recent.value.map((save) => (
              <Ended key={save.id} model={model} save={save} />
            ))}
          </ul>
        </>
      ) : null}
    </Section>
  );
}

function Waiting({ model, one: { id, save } }: { model: Model; one: WaitingSave }) {
  const { client, busy, tryNow, mend, heldUntil, undo, copyReport } = model;
  const { text } = client;
  if (!save) return <li class="line quiet">{text('options_save_unreadable')}</li>;
  const title = `save-${id}`;
  const mending = mendingOf(save);
  const button = { class: 'button second', 'aria-describedby': title } as const;
  return (
    <li class="line">
      <div class="what">
        <Name save={save} />
        <State model={model} save={save} />
        <Content model={model} save={save} />
        <Second model={model} save={save} />
      </div>
      {save.wanted === 'row' || save.state === 'needs-you' ? (
        <div class="buttons">
          {mending.map((remedy) => (
            <button
              key={remedy}
              type="button"
              {...button}
              aria-disabled={busy.value}
              onClick={() => mend(id, remedy)}
            >
              {text(remedy === 'restore-row' ? 'remedy_restore_row' : 'remedy_save_anew')}
            </button>
          ))}
          {mending.length === 0 && heldUntil(save) === null ? (
            <button type="button" {...button} aria-disabled={busy.value} onClick={() => tryNow(id)}>
              {text('options_try_now')}
            </button>
          ) : null}
          {save.wanted === 'row' ? <Edit model={model} id={id} /> : null}
          <OpenInNotion model={model} save={save} />
          {save.wanted === 'row' ? (
            <button type="button" {...button} aria-disabled={busy.value} onClick={() => undo(id)}>
              {text('undo')}
            </button>
          ) : null}
          {save.failure ? (
            <button type="button" {...button} aria-disabled={busy.value} onClick={() => copyReport(save)}>
              {text('options_copy_report')}
            </button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

/** What helps where trying the same again cannot, as the row is not where it was. */
const mendingOf = ({ failure, wanted }: Save): ('restore-row' | 'save-anew')[] =>
  !failure || wanted === 'nothing'
    ? []
    : remediesOf(failure).flatMap(({ remedy }) =>
        remedy === 'restore-row' || remedy === 'save-anew' ? [remedy] : [],
      );

const Ended = ({ model, save }: { model: Model; save: Save }) => (
  <li class="line">
    <div class="what">
      <Name save={save} />
      <p class="quiet">
        {model.client.text(save.failure ? meaningOf(save.failure).title : STATES[save.state])}
      </p>
      <Content model={model} save={save} />
      {save.state === 'in-notion' && save.misfits ? (
        <p class="quiet">
          {model.client.text('popup_misfits_title')}: <bdi>{save.misfits.join(' · ')}</bdi>
        </p>
      ) : null}
      <Second model={model} save={save} />
    </div>
    {save.state === 'undone' ? null : (
      <div class="buttons">
        <Edit model={model} id={save.id} />
        <OpenInNotion model={model} save={save} />
        <button
          type="button"
          class="button second"
          aria-describedby={`save-${save.id}`}
          aria-disabled={model.busy.value}
          onClick={() => model.undo(save.id)}
        >
          {model.client.text('undo')}
        </button>
      </div>
    )}
  </li>
);

/** What was saved, as a link to it. Names the buttons beside it. */
const Name = ({ save: { id, capture } }: { save: Save }) => (
  <b id={`save-${id}`}>
    <a href={capture.url} target="_blank" rel="noreferrer">
      <bdi>{capture.title || capture.url}</bdi>
    </a>
  </b>
);

/** What becomes of what the page itself says. */
function Content({ model, save }: { model: Model; save: Save }) {
  const words = save.wanted === 'row' ? contentTold(save, model.client.text) : '';
  return words === '' ? null : <p class="quiet">{words}</p>;
}

const Second = ({ model, save: { id, repeats } }: { model: Model; save: Save }) => (
  <Doubles
    client={model.client}
    rows={repeats?.suspects ?? []}
    busy={model.busy.value}
    decide={(what, rowId) => model.decideDouble(what, id, rowId)}
  />
);

const Edit = ({ model, id }: { model: Model; id: string }) => (
  <a
    class="button second"
    aria-describedby={`save-${id}`}
    href={`../popup/index.html?save=${encodeURIComponent(id)}`}
    target="_blank"
    rel="noreferrer"
  >
    {model.client.text('options_edit')}
  </a>
);

const OpenInNotion = ({ model, save: { id, row } }: { model: Model; save: Save }) =>
  row ? (
    <a class="button second" href={row.url} target="_blank" rel="noreferrer" aria-describedby={`save-${id}`}>
      {model.client.text('open_in_notion')}
    </a>
  ) : null;

const STATES: Record<Save['state'], MessageKey> = {
  kept: 'options_state_kept',
  sending: 'options_state_sending',
  checking: 'options_state_checking',
  'needs-you': 'options_state_needs_you',
  'in-notion': 'toast_saved',
  undone: 'toast_undone',
};

/** In plain words: what it is doing, or what it waits for. */
function State({ model, save }: { model: Model; save: Save }) {
  const { text } = model.client;
  const held = model.heldUntil(save);
  const why = model.whyOf(save) ?? (held === null ? null : failure('rate-limited'));
  return (
    <>
      <p class={save.state === 'needs-you' ? 'needs' : 'quiet'}>
        {text(
          save.wanted === 'nothing'
            ? 'popup_undoing'
            : save.written && !(why && isRowLost(why))
              ? 'popup_kept_change'
              : STATES[save.state],
        )}
        {why ? ` ${text(meaningOf(why).title)}.` : ''}
      </p>
      {why && (save.state === 'needs-you' || held !== null) ? (
        <p class="quiet">{failureBody(model.client, why, held ?? undefined)}</p>
      ) : null}
      {why?.detail ? (
        <p class="quiet">
          <bdi>{why.detail}</bdi>
        </p>
      ) : null}
    </>
  );
}
