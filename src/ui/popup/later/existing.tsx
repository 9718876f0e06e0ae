/** A page that is saved already: its row, or the save of it that is still on its way, takes the place of a new one. */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { Capture } from '../../../core/capture/capture.ts';
import type { Row } from '../../../core/database/row.ts';
import { meaningOf } from '../../../core/meaning.ts';
import type { Save } from '../../../core/save/record.ts';
import { isUndoable } from '../../../core/save/undoable.ts';
import type { Client } from '../../../protocol/client.ts';
import type { PopupSubject } from '../../../protocol/popup-subject.ts';
import type { Saved } from '../../../protocol/replies.ts';
import { Notice } from '../../components/Notice.tsx';
import type { Existing, PageText, Put, Readable, Shown, Subject } from '../state.ts';
import { wordsFor } from './SaveStatus.tsx';

type Found = Exclude<Saved, { kind: 'save' }> | { kind: 'save'; save: Save };

export type Around = Readable<Subject> & {
  client: Client;
  /** The address of the page that the popup was opened on. */
  address: string;
  destinationId: ReadonlySignal<string | null>;
  turnTo: Put<Subject>;
  /** What the popup was opened for, in the place of a toast; `save` is that one then. */
  subject: PopupSubject | null;
  /** Takes back `save`. */
  undo(): Promise<void>;
  /** Whether nobody has typed or chosen anything yet. */
  isUntouched(): boolean;
  /** What the page itself says. */
  ofPage(): PageText;
  /** Shows what `save` holds, which is then changed. */
  change(): void;
  /** Shows that, in that database; `isWhole` whether nothing else is to be added. */
  show(what: Shown, destinationId: string | null, isWhole?: boolean): void;
  /** Whether the form is shown. */
  isEditing: ReadonlySignal<boolean>;
};

export function openExisting(around: Around): Existing {
  const { client, address, destinationId, save, subject, isUntouched } = around;
  const { ofPage, change, turnTo, show, undo, isEditing } = around;
  const { text } = client;
  const found = signal<Found | null>(null);
  /** Why what the page says could not be added. */
  const notAdded = signal('');
  /** Whether the form shows what was found. */
  const isShown = signal(false);
  /** The database of which it is known whether it has the page, or in which the user wants another row. */
  let known: string | null = null;

  effect(() => {
    const id = destinationId.value;
    untracked(() => {
      const { value } = found;
      // A save goes to the other database with the user; a row stays.
      if (value?.kind === 'row') turnTo({ row: null });
      found.value = null;
      isShown.value = false;
      // Where the save goes that the popup is about, the user says.
      if (id !== null && isEditing.value && !isSubject()) void look(id);
    });
  });

  /** Whether the form is about what the popup was opened for. */
  function isSubject(): boolean {
    return subject !== null && save.value?.id === subject.saveId && save.value.wanted === 'row';
  }

  /** Here first, which is at once; Notion knows what other devices have saved. */
  async function look(id: string): Promise<void> {
    for (const where of ['device', 'notion'] as const) {
      const reply = await client.call({ type: 'find-saved', destinationId: id, url: address, where });
      if (destinationId.value !== id || !isEditing.value) return;
      // What cannot be found out now is found out when it is saved.
      if (!reply.ok) return;
      const one = reply.value && (await withSave(reply.value));
      found.value = one;
      if (!one || one.kind === 'known') continue;
      if (isUntouched()) use();
      return;
    }
    known = id;
  }

  async function withSave(saved: Saved): Promise<Found | null> {
    if (saved.kind !== 'save') return saved;
    const read = await client.readOne('save', saved.saveId);
    return read.kind === 'read' ? { kind: 'save', save: read.value } : null;
  }

  /** The form is about what was found from now on. */
  function use(): void {
    const { value } = found;
    if (!value || value.kind === 'known') return;
    isShown.value = true;
    if (value.kind === 'save') {
      turnTo({ save: value.save });
      change();
    } else {
      turnTo({ row: value });
      show(value.held, destinationId.value);
    }
  }

  function saveAgain(): void {
    known = destinationId.value;
    found.value = null;
    turnTo({ row: null, save: null, changing: false });
    show({ ...ofPage(), tags: [] }, destinationId.value, false);
  }

  /** What the page says goes into the page of that row, under a heading of its own. */
  async function addContent(to: Row, held: Capture, replaces: boolean): Promise<void> {
    const [place, tab] = [destinationId.value, await client.currentTab()];
    if (place === null || !tab) return;
    const about = { saveId: client.newId(), row: to, held, destinationId: place };
    const where = {
      tabId: tab.id,
      url: tab.url,
      wanted: 'article',
      ...(replaces ? { replaces } : {}),
    } as const;
    const kept = await client.call({ type: 'add-content', ...about, ...where });
    const read = kept.ok ? await client.readOne('save', kept.value.saveId) : null;
    notAdded.value = kept.ok ? '' : text(meaningOf(kept.failure).body);
    if (read?.kind !== 'read') return;
    turnTo({ row: null, changing: false, save: read.value });
    document.getElementById('status')?.focus();
  }

  const dayOf = (at: number): string =>
    new Intl.DateTimeFormat(client.language, { dateStyle: 'medium' }).format(at);

  const dayNote = (at: number): string => (at > 0 ? text('popup_saved_on', dayOf(at)) : '');

  const Open = ({ at }: { at: string }) => (
    <a href={at} target="_blank" rel="noreferrer">
      {text('open_in_notion')}
    </a>
  );

  const Undo = () => (
    <button type="button" class="quiet-link" onClick={undo}>
      {text('undo')}
    </button>
  );

  /** What the toast would say of it. */
  function SubjectView({ one }: { one: Save }) {
    const isFound = one.state === 'in-notion' && !one.written && (subject?.isAgain || one.adopted);
    const { tone, title, body } = wordsFor(one);
    return (
      <Notice
        tone={tone}
        title={text(isFound ? 'toast_already' : title)}
        body={isFound ? dayNote(one.capture.at) : body ? text(body) : ''}
      >
        {one.row ? <Open at={one.row.url} /> : null}
        {isUndoable(one) ? <Undo /> : null}
      </Notice>
    );
  }

  function View() {
    if (!isEditing.value) return null;
    if (save.value && isSubject()) return <SubjectView one={save.value} />;
    const { value } = found;
    if (!value) return null;
    // What has come of it meanwhile counts.
    const live = value.kind === 'save' && save.value?.id === value.save.id ? save.value : null;
    if (live?.wanted === 'nothing') return null;
    const inNotion = value.kind === 'save' ? (live ?? value.save).row : value.row;
    const held =
      value.kind === 'save' ? (live ?? value.save).capture : value.kind === 'row' ? value.held : null;
    const hasArticle =
      value.kind === 'save' ? (live ?? value.save).page !== undefined : value.hasArticle === true;
    const at =
      value.kind === 'save' ? value.save.capture.at : value.kind === 'row' ? value.held.at : value.at;
    return (
      <Notice
        tone="neutral"
        title={text(inNotion ? 'toast_already' : 'popup_already_waiting')}
        body={notAdded.value || dayNote(at)}
      >
        {inNotion ? <Open at={inNotion.url} /> : null}
        {live && isUndoable(live) && isShown.value ? <Undo /> : null}
        {isShown.value || value.kind === 'known' ? null : (
          <button type="button" class="quiet-link" onClick={use}>
            {text('popup_show_row')}
          </button>
        )}
        {inNotion && held ? (
          <button type="button" class="quiet-link" onClick={() => addContent(inNotion, held, hasArticle)}>
            {text(hasArticle ? 'content_refresh' : 'content_add')}
          </button>
        ) : null}
        <button type="button" class="quiet-link" onClick={saveAgain}>
          {text('popup_save_again')}
        </button>
      </Notice>
    );
  }

  return {
    View,
    isSettled: (id) => known === id,
  };
}
