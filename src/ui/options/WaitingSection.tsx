import { meaningOf } from '../../core/failure.ts';
import type { Save } from '../../core/save/record.ts';
import type { MessageKey } from '../../core/text.ts';
import type { Model } from './model.ts';

/** Saves that are not in Notion yet, each with its state in plain words. */
export function WaitingSection({ model }: { model: Model }) {
  const { text } = model.client;
  return (
    <section>
      <h2>{text('options_waiting')}</h2>
      <ul class="waiting">
        {model.saves.value.map((save) => (
          <li key={save.id} class="line">
            <span class="name">
              <b dir="auto">{save.capture.title || save.capture.url}</b>
              <span class={save.state === 'needs-you' ? 'quiet warn' : 'quiet'}>
                {text(stateOf(save))}
                {save.failure ? ` · ${text(meaningOf(save.failure).title)}` : ''}
              </span>
            </span>
            <button type="button" class="quiet-link" onClick={() => model.tryNow(save.id)}>
              {text('options_try_now')}
            </button>
            <button type="button" class="quiet-link" onClick={() => model.undo(save.id)}>
              {text('undo')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateOf(save: Save): MessageKey {
  if (save.wanted === 'nothing') return 'options_save_undoing';
  if (save.state === 'needs-you') return 'badge_needs_you';
  return save.state === 'checking' ? 'options_save_checking' : 'options_save_waiting';
}
