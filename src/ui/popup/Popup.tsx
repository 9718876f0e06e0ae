import { meaningOf } from '../../core/failure.ts';
import { Mark } from '../components/Mark.tsx';
import { Notice } from '../components/Notice.tsx';
import { remedyLabel } from '../components/remedy.ts';
import { Form } from './Form.tsx';
import { Header } from './Header.tsx';
import type { Model } from './model.ts';

export function Popup({ model }: { model: Model }) {
  const { client, isConnected, isEditing, unreadable } = model;
  const { SaveStatus, SaveActions } = model.later.value ?? {};
  return (
    <>
      {isConnected.value ? <Header model={model} /> : null}
      {unreadable.value ? (
        <Notice
          tone="needs-you"
          role="alert"
          title={client.text('unreadable_title')}
          body={client.text('unreadable_body')}
        />
      ) : null}
      {isConnected.value ? (
        <>
          <div role="status" id="status" tabIndex={-1}>
            {SaveStatus ? <SaveStatus model={model} /> : null}
          </div>
          <Trouble model={model} />
          {isEditing.value ? <Form model={model} /> : SaveActions ? <SaveActions model={model} /> : null}
        </>
      ) : (
        <Welcome model={model} />
      )}
    </>
  );
}

const Welcome = ({ model: { client, openSettings } }: { model: Model }) => (
  <div class="welcome">
    <p class="header">
      <Mark />
      <b>{client.text('extension_name')}</b>
    </p>
    <h1>{client.text('popup_welcome_title')}</h1>
    <p class="quiet">{client.text('popup_welcome_body')}</p>
    <button type="button" class="button" autofocus onClick={openSettings}>
      {client.text('connect')}
    </button>
  </div>
);

/** What stands in the way, with the button that helps. */
function Trouble({ model }: { model: Model }) {
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
