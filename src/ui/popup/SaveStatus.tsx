import { useEffect } from 'preact/hooks';
import { matchOption } from '../../core/tags/rules.ts';
import { Notice } from '../components/Notice.tsx';
import type { Model } from './model.ts';

/** How the save stands, from its stored record alone. */
export function SaveStatus({ model }: { model: Model }) {
  const { client, save, isEditing, options } = model;
  const { text } = client;
  const one = save.value;
  const isShown = one !== null && !isEditing.value;

  // The button that had the focus is gone. Not to Undo: a second press of Enter must not undo what the first did.
  useEffect(() => {
    if (isShown) document.getElementById('status')?.focus();
  }, [isShown]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isShown && event.key.toLowerCase() === 'u' && !event.ctrlKey && !event.metaKey && !event.altKey)
        void model.undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isShown]);

  if (!one || one.state === 'needs-you') return null;
  if (one.state === 'undone') {
    return <Notice tone="neutral" title={text('popup_undone_title')} body={text('popup_undone_body')} />;
  }
  const isUndoing = one.wanted === 'nothing';
  const isSaved = one.state === 'in-notion' && !isUndoing;
  const colorOf = (tag: string) =>
    options.value.find((option) => matchOption(tag, [option.name]) !== null)?.color ?? 'default';
  return (
    <>
      {isUndoing ? (
        <Notice tone="neutral" title={text('popup_undoing')} />
      ) : isSaved ? (
        <Notice tone="done" title={text('popup_saved_title')} body={one.capture.title || one.capture.url} />
      ) : (
        <Notice
          tone="neutral"
          title={text('popup_kept_title')}
          body={text(one.failure ? 'popup_kept_later' : 'popup_kept_body')}
        />
      )}
      {one.capture.tags.length > 0 ? (
        <p class="saved-tags">
          {one.capture.tags.map((tag) => (
            <span key={tag} class={`chip ${colorOf(tag)}`}>
              {tag}
            </span>
          ))}
        </p>
      ) : null}
      <div class="foot">
        {isSaved && one.row ? (
          <a href={one.row.url} target="_blank" rel="noreferrer">
            {text('open_in_notion')}
          </a>
        ) : null}
        <span class="gap" />
        {isUndoing ? null : (
          <button type="button" class="quiet-link" aria-keyshortcuts="U" onClick={model.undo}>
            {text('undo')}
          </button>
        )}
        {isUndoing ? null : (
          <span class="key" aria-hidden="true">
            U
          </span>
        )}
      </div>
    </>
  );
}
