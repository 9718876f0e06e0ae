import { useEffect } from 'preact/hooks';
import { shortcutOf } from '../../../core/keys.ts';
import { meaningOf } from '../../../core/meaning.ts';
import { contentTold } from '../../../core/save/content-told.ts';
import type { Save } from '../../../core/save/record.ts';
import { isUndoable } from '../../../core/save/undoable.ts';
import type { MessageKey } from '../../../core/text.ts';
import { colorOf } from '../../components/color-of.ts';
import { Doubles } from '../../components/Doubles.tsx';
import { Notice, type Tone } from '../../components/Notice.tsx';
import type { Model } from '../state.ts';

/** How the save stands, from its stored record alone. */
export function SaveStatus({ model: { client, save, isEditing } }: { model: Model }) {
  const { text } = client;
  const one = save.value;
  if (one?.state === 'undone') {
    const { title, body } = undoneWords(one);
    return <Notice tone="neutral" title={text(title)} body={text(body)} />;
  }
  if (!one || isEditing.value) return null;
  const { tone, title, body } = wordsFor(one);
  return (
    <Notice tone={tone} title={text(title)} body={body ? text(body) : one.capture.title || one.capture.url} />
  );
}

/** What is there to see and do of a save that is on its way or done. */
export function SaveActions({ model }: { model: Model }) {
  const { client, save, options, undo, change } = model;
  const { text } = client;

  // The button that had the focus is gone. Not to Undo: a second press of Enter must not undo what the first did.
  useEffect(() => {
    document.getElementById('status')?.focus();
    const onKey = (event: KeyboardEvent) => {
      const key = shortcutOf(event);
      if (key === 'u') void undo();
      if (key === 'e') {
        event.preventDefault();
        change();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  if (!save.value) return null;
  const { id, capture, state, row, wanted, misfits = [], repeats } = save.value;
  const content = wanted === 'row' ? contentTold(save.value, text) : '';
  return (
    <>
      {misfits.length > 0 && state === 'in-notion' && wanted === 'row' ? (
        <Notice tone="needs-you" title={text('popup_misfits_title')} body={misfits.join(' · ')}>
          <button type="button" class="button second" onClick={change}>
            {text('popup_misfits_change')}
          </button>
        </Notice>
      ) : null}
      <Doubles
        client={client}
        rows={repeats?.suspects ?? []}
        decide={(what, rowId) => {
          document.getElementById('status')?.focus();
          void client.call({ type: what, saveId: id, rowId });
        }}
      />
      {content === '' ? null : (
        <p class="hint" aria-live="polite">
          {content}
        </p>
      )}
      {capture.tags.length > 0 ? (
        <p class="saved-tags">
          {capture.tags.map((tag) => (
            <span key={tag} class={`chip ${colorOf(tag, options.value)}`} dir="auto">
              {tag}
            </span>
          ))}
        </p>
      ) : null}
      {wanted === 'nothing' ? null : (
        <div class="foot">
          {state === 'in-notion' && row ? (
            <a href={row.url} target="_blank" rel="noreferrer">
              {text('open_in_notion')}
            </a>
          ) : null}
          <span class="gap" />
          <button type="button" class="quiet-link quiet" aria-keyshortcuts="E" onClick={change}>
            {text('popup_edit')}
          </button>
          <span class="key" aria-hidden="true">
            E
          </span>
          {isUndoable(save.value) ? (
            <>
              <button type="button" class="quiet-link quiet" aria-keyshortcuts="U" onClick={undo}>
                {text('undo')}
              </button>
              <span class="key" aria-hidden="true">
                U
              </span>
            </>
          ) : null}
        </div>
      )}
    </>
  );
}

/** What has become of the row counts. */
function undoneWords({ adopted, failure }: Save): { title: MessageKey; body: MessageKey } {
  if (failure?.code === 'row-gone') return { title: meaningOf(failure).title, body: 'popup_undone_gone' };
  if (failure?.code === 'row-in-trash') return { title: 'popup_undone_title', body: 'popup_undone_in_trash' };
  return { title: 'popup_undone_title', body: adopted ? 'popup_given_back_body' : 'popup_undone_body' };
}

/** What is said of a save. Without a body, the title of what was saved is shown. */
export function wordsFor({ state, wanted, failure, written, row }: Save): {
  tone: Tone;
  title: MessageKey;
  body?: MessageKey;
} {
  if (wanted === 'nothing') return { tone: 'neutral', title: 'popup_undoing' };
  if (state === 'in-notion' && written)
    return { tone: 'neutral', title: 'popup_kept_title', body: 'popup_kept_change' };
  if (state === 'in-notion') return { tone: 'done', title: 'popup_saved_title' };
  if (state === 'needs-you') {
    const body = row ? 'popup_kept_needs_you' : 'popup_kept_unsure';
    return { tone: 'neutral', title: 'popup_kept_title', body };
  }
  if (state === 'checking')
    return { tone: 'neutral', title: 'popup_kept_title', body: 'popup_kept_checking' };
  return {
    tone: 'neutral',
    title: 'popup_kept_title',
    body: failure ? 'popup_kept_later' : 'popup_kept_body',
  };
}
