import { meaningOf } from '../../core/failure.ts';
import { Notice } from '../components/Notice.tsx';
import { remedyLabel } from '../components/remedy.ts';
import type { Model } from './model.ts';

/** What stands in the way, with the button that helps. */
export function Trouble({ model }: { model: Model }) {
  const { text } = model.client;
  return (
    <>
      {model.unreadable.value ? (
        <Notice
          tone="needs-you"
          role="alert"
          title={text('unreadable_title')}
          body={text('unreadable_body')}
        />
      ) : null}
      {model.isConnected.value ? <InTheWay model={model} /> : null}
    </>
  );
}

function InTheWay({ model }: { model: Model }) {
  const { client, trouble, entry, help } = model;
  const { text } = client;
  if (!trouble.value) return null;
  const { why, more } = trouble.value;
  const { title, body, remedy, hope } = meaningOf(why);
  const isPassing = hope === 'later';
  const label = remedyLabel(remedy);
  return (
    <Notice
      tone={isPassing ? 'neutral' : 'needs-you'}
      role="alert"
      title={text(title)}
      body={`${text(body)} ${more ? text(more) : ''}`}
      detail={why.detail}
    >
      {label === null ? null : remedy === 'share' ? (
        <>
          <a
            class="button"
            href={entry.value?.url ?? 'https://www.notion.so/'}
            target="_blank"
            rel="noreferrer"
          >
            {text(label)}
          </a>
          <button type="button" class="quiet-link" onClick={() => help('choose-database')}>
            {text('remedy_choose_another')}
          </button>
        </>
      ) : (
        <button type="button" class={isPassing ? 'button second' : 'button'} onClick={() => help(remedy)}>
          {text(label)}
        </button>
      )}
    </Notice>
  );
}
