import { type Failure, meaningOf } from '../../core/failure.ts';
import type { MessageKey } from '../../core/text.ts';
import { Mark } from '../components/Mark.tsx';
import { Notice } from '../components/Notice.tsx';
import { Form } from './Form.tsx';
import { Header } from './Header.tsx';
import type { Model } from './model.ts';
import { SaveStatus } from './SaveStatus.tsx';

export function Popup({ model }: { model: Model }) {
  if (!model.connected.value) return <Welcome model={model} />;
  return (
    <>
      <Header model={model} />
      <div role="status" id="status" tabIndex={-1}>
        <SaveStatus model={model} />
      </div>
      {model.trouble.value ? <Trouble model={model} why={model.trouble.value} /> : null}
      {model.isEditing.value ? <Form model={model} /> : null}
    </>
  );
}

const Welcome = ({ model: { client } }: { model: Model }) => (
  <div class="welcome">
    <p class="header">
      <Mark />
      <b>{client.text('extension_name')}</b>
    </p>
    <h1>{client.text('popup_welcome_title')}</h1>
    <p class="quiet">{client.text('popup_welcome_body')}</p>
    <button
      type="button"
      class="button"
      autofocus
      onClick={() => client.openOptions().then(client.closePopup)}
    >
      {client.text('connect')}
    </button>
  </div>
);

function Trouble({ model, why }: { model: Model; why: Failure }) {
  const { text } = model.client;
  const { title, body, remedy } = meaningOf(why);
  const label: MessageKey | null =
    remedy === 'none' ? null : `remedy_${remedy.replaceAll('-', '_') as 'connect'}`;
  return (
    <Notice tone="needs-you" role="alert" title={text(title)} body={text(body)}>
      {label ? (
        <button type="button" class="button" onClick={() => model.help(remedy)}>
          {text(label)}
        </button>
      ) : null}
    </Notice>
  );
}
