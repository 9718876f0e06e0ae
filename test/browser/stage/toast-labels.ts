/** The toast's words in English, for pages that are shown a toast by hand. */
import en from '../../../public/_locales/en/messages.json' with { type: 'json' };
import type { ToastLabels } from '../../../src/protocol/toast.ts';

const filled = (entry: { message: string }) => entry.message.replace('$1', '%s');

export const LABELS: ToastLabels = {
  dismiss: en.toast_dismiss.message,
  actions: en.toast_actions.message,
  presets: en.toast_presets.message,
  tags: en.toast_tags.message,
  note: en.toast_note.message,
  database: en.toast_database.message,
  article: 'Article',
  undo: en.toast_undo.message,
  open: en.toast_open.message,
  done: en.toast_done.message,
  none: en.toast_none.message,
  nothing: en.toast_nothing.message,
  changed: en.toast_changed.message,
  create: en.tags_create.message,
  tagsList: en.tags_list.message,
  noteList: en.toast_note_list.message,
  found: filled(en.options_found),
  tagsCount: filled(en.tags_count),
  tagRemove: filled(en.tags_remove),
  tagAdded: filled(en.tags_added),
  tagRemoved: filled(en.tags_removed),
  databases: en.toast_databases.message,
  failedTitle: en.failure_unexpected_title.message,
  failedBody: en.failure_unexpected_body.message,
};
