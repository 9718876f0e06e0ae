/** The words of the toast, which asks no browser for them itself. */
import { failure } from '../core/failure.ts';
import { meaningOf } from '../core/meaning.ts';
import type { ToastLabels } from '../protocol/toast.ts';
import { text } from './text.ts';

/** What the toast puts its own words in the place of. */
const GAP = '%s';

/** In the browser's language. */
export function toastLabels(): ToastLabels {
  const { title, body } = meaningOf(failure('unexpected'));
  return {
    dismiss: text('toast_dismiss'),
    actions: text('toast_actions'),
    presets: text('toast_presets'),
    tags: text('toast_tags'),
    note: text('toast_note'),
    database: text('toast_database'),
    article: text('content_article'),
    undo: text('toast_undo'),
    open: text('toast_open'),
    done: text('toast_done'),
    none: text('toast_none'),
    nothing: text('toast_nothing'),
    changed: text('toast_changed'),
    create: text('tags_create'),
    tagsList: text('tags_list'),
    noteList: text('toast_note_list'),
    found: text('options_found', GAP),
    tagsCount: text('tags_count', GAP),
    tagRemove: text('tags_remove', GAP),
    tagAdded: text('tags_added', GAP),
    tagRemoved: text('tags_removed', GAP),
    databases: text('toast_databases'),
    failedTitle: text(title),
    failedBody: text(body),
  };
}
