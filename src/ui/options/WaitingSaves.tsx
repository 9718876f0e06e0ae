import { meaningOf } from '../../core/failure.ts';
import type { Save } from '../../core/save/record.ts';
import type { MessageKey } from '../../core/text.ts';
import type { Model, WaitingSave } from './model.ts';
import { Section } from './Section.tsx';

/** Everything that is kept here and not in Notion yet, those that need the user first. */
export function WaitingSaves({ model }: { model: Model }) {
  const { client, waiting, waitingCount } = model;
  const { text } = client;
  const more = waitingCount.value - waiting.value.length;
  return (
    <Section model={model} name="waiting" title={text('options_waiting')}>
      {waiting.value.length === 0 ? <p class="quiet">{text('options_waiting_none')}</p> : null}
      <ul class="saves">
        {waiting.value.map((one) => (
          <Waiting key={one.id} model={model} one={one} />
        ))}
      </ul>
      {more > 0 ? <p class="quiet">{text('options_waiting_more', String(more))}</p> : null}
    </Section>
  );
}

function Waiting({ model, one: { id, save } }: { model: Model; one: WaitingSave }) {
  const { client, busy, tryNow, undo, copyReport } = model;
  const { text } = client;
  if (!save) return <li class="line quiet">{text('options_save_unreadable')}</li>;
  const title = `save-${id}`;
  const button = { type: 'button', class: 'button second', 'aria-describedby': title } as const;
  return (
    <li class="line">
      <div class="what">
        <b id={title}>
          <a href={save.capture.url} target="_blank" rel="noreferrer">
            <bdi>{save.capture.title || save.capture.url}</bdi>
          </a>
        </b>
        <State model={model} save={save} />
      </div>
      {save.wanted === 'row' ? (
        <div class="buttons">
          <button {...button} aria-disabled={busy.value} onClick={() => tryNow(id)}>
            {text('options_try_now')}
          </button>
          <button {...button} aria-disabled={busy.value} onClick={() => undo(id)}>
            {text('undo')}
          </button>
          {save.failure ? (
            <button {...button} aria-disabled={busy.value} onClick={() => copyReport(save)}>
              {text('options_copy_report')}
            </button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

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
  const why = model.whyOf(save);
  return (
    <>
      <p class={save.state === 'needs-you' ? 'needs' : 'quiet'}>
        {text(save.wanted === 'nothing' ? 'popup_undoing' : STATES[save.state])}
        {why ? ` ${text(meaningOf(why).title)}.` : ''}
      </p>
      {why && save.state === 'needs-you' ? <p class="quiet">{text(meaningOf(why).body)}</p> : null}
      {why?.detail ? (
        <p class="quiet">
          <bdi>{why.detail}</bdi>
        </p>
      ) : null}
    </>
  );
}
