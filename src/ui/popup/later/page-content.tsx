/** What of the page itself goes into the row's page: choosing it, and what was found of it. Loaded after the first frame. */
import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { isSavable } from '../../../core/address/savable.ts';
import type { PageContent } from '../../../core/content/page-content.ts';
import type { PreviewLine } from '../../../core/content/preview.ts';
import { contentInWords } from '../../../core/content/told.ts';
import { CONTENT_WANTED, type ContentWanted } from '../../../core/database/form-settings.ts';
import type { Client } from '../../../protocol/client.ts';
import type { MessageOf } from '../../../protocol/messages.ts';
import { ContentChoices } from '../../components/ContentChoices.tsx';

/** What goes with `keep`. */
type OfKeep = Pick<MessageOf<'keep'>, 'page' | 'content'>;

/** `none`: there is nothing of the kind. */
type Found = { kind: 'reading' | 'none' } | { kind: 'read'; page: PageContent };

export type ContentChoice = ReturnType<typeof openContentChoice>;

/**
 * @param begins what is set for the database, or the preset
 * @param isNew whether a row is made, and not one changed that is there
 */
export function openContentChoice(
  client: Client,
  {
    title,
    begins,
    isNew,
  }: {
    title: ReadonlySignal<string>;
    begins: ReadonlySignal<ContentWanted | undefined>;
    isNew: ReadonlySignal<boolean>;
  },
) {
  const { text } = client;
  /** What the user has chosen here; null: nothing yet. */
  const chosen = signal<ContentWanted | '' | null>(null);
  const found = signal<Found | null>(null);
  const tab = signal<{ id: number; url: string } | null>(null);
  let read: ContentWanted | '' = '';

  void client.currentTab().then((one) => {
    if (one && isSavable(one.url).savable) tab.value = one;
  });
  const wanted = (): ContentWanted | '' => chosen.value ?? begins.value ?? '';
  effect(() => {
    const what = wanted();
    const one = tab.value;
    if (!one || !isNew.value || what === read) return;
    read = what;
    found.value = null;
    if (what !== '') void look(one, what);
  });

  async function look({ id: tabId, url }: { id: number; url: string }, what: ContentWanted): Promise<void> {
    found.value = { kind: 'reading' };
    preview.value = null;
    const reply = await client.call({ type: 'read-content', tabId, wanted: what, url, title: title.peek() });
    if (read !== what) return;
    found.value = reply.ok && reply.value ? { kind: 'read', page: reply.value } : { kind: 'none' };
  }

  /** What was found, for those who choose. */
  function said(): string {
    switch (found.value?.kind) {
      case 'reading':
        return text('content_reading');
      case 'none':
        return text(wanted() === 'selection' ? 'content_none_selected' : 'content_none');
      case 'read':
        return contentInWords(found.value.page, text);
      default:
        return '';
    }
  }

  /** What would be saved, for those who ask. */
  const preview = signal<readonly PreviewLine[] | null>(null);
  async function showPreview(page: PageContent): Promise<void> {
    const reply = await client.call({ type: 'preview-content', page });
    if (found.value?.kind === 'read' && found.value.page === page)
      preview.value = reply.ok ? reply.value : [];
  }

  function Preview({ page }: { page: PageContent }) {
    return (
      <details
        key={page.id}
        class="preview"
        onToggle={({ currentTarget }) => {
          if (currentTarget.open && !preview.value) void showPreview(page);
        }}
      >
        <summary>{text('content_preview')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section tabIndex={0} aria-label={text('content_preview')}>
          {preview.value?.map((line, at) => (
            <Line key={at} line={line} />
          ))}
        </section>
      </details>
    );
  }

  function Line({ line: { kind, words, depth, count = 0 } }: { line: PreviewLine }) {
    const shown =
      kind === 'more'
        ? text('content_preview_more', count.toLocaleString())
        : kind === 'picture' || kind === 'media'
          ? [text(kind === 'picture' ? 'content_preview_picture' : 'content_preview_media'), words]
              .filter((part) => part !== '')
              .join(': ')
          : words;
    return (
      <p class={`preview-${kind}`} dir="auto" style={{ marginInlineStart: `${depth}rem` }}>
        {shown}
      </p>
    );
  }

  return {
    View() {
      if (!tab.value || !isNew.value) return null;
      return (
        <div class="row">
          <label for="content">{text('content_label')}</label>
          <div>
            <select
              id="content"
              class="field"
              aria-describedby="content-said"
              value={wanted()}
              onChange={({ currentTarget: { value } }) => {
                chosen.value = CONTENT_WANTED.find((one) => one === value) ?? '';
              }}
            >
              <ContentChoices text={text} />
            </select>
            <p id="content-said" class="hint" aria-live="polite">
              {said()}
            </p>
            {found.value?.kind === 'read' ? <Preview page={found.value.page} /> : null}
          </div>
        </div>
      );
    },
    /** What is to be kept of it. Where it is still being read, the background reads it for the save. */
    collect(): OfKeep {
      const what = wanted();
      const one = tab.value;
      if (!one || what === '' || !isNew.value || found.value?.kind === 'none') return {};
      if (found.value?.kind === 'read') return { page: found.value.page };
      return { content: { tabId: one.id, wanted: what, url: one.url } };
    },
  };
}
