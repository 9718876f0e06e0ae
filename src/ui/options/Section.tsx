import type { ComponentChildren, Ref } from 'preact';
import { meaningOf } from '../../core/meaning.ts';
import { Notice } from '../components/Notice.tsx';
import { remedyLabel } from '../components/remedy.ts';
import type { Model, Note, Place } from './model.ts';

/** One subject of the page, with its name beside it and what there is to tell below it. */
export const Section = ({
  model,
  name,
  title,
  titleRef,
  children,
}: {
  model: Model;
  name: Place | 'shortcuts';
  title: string;
  titleRef?: Ref<HTMLHeadingElement>;
  children: ComponentChildren;
}) => (
  <section aria-labelledby={`${name}-title`}>
    <h2 id={`${name}-title`} tabIndex={-1} {...(titleRef ? { ref: titleRef } : {})}>
      {title}
    </h2>
    <div class="content">
      {children}
      {model.note.value?.place === name ? <Told model={model} note={model.note.value} /> : null}
    </div>
  </section>
);

/** What did not happen is said at once, whatever the reason. */
export const isAlert = (note: Note): boolean => note.failure !== undefined || note.tone === 'needs-you';

/** What came of the last thing done. Failures speak for themselves; all else is spoken by the page's one status line. */
export function Told({ model, note }: { model: Model; note: Note }) {
  const { failure, again } = note;
  const remedy = failure ? meaningOf(failure).remedy : 'none';
  const help = again ? model.help(remedy, again) : null;
  const label = remedyLabel(remedy);
  return (
    <Notice
      tone={note.tone}
      title={note.title}
      body={note.body ?? ''}
      detail={failure?.detail}
      {...(isAlert(note) ? { role: 'alert' as const } : {})}
    >
      {help && label ? (
        <button type="button" class="button" onClick={help}>
          {model.client.text(label)}
        </button>
      ) : null}
    </Notice>
  );
}
