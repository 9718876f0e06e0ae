import { Mark } from '../components/Mark.tsx';
import { Form } from './Form.tsx';
import { Header } from './Header.tsx';
import type { Model } from './state.ts';

export function Popup({ model }: { model: Model }) {
  const { isConnected, isEditing } = model;
  const { Trouble, SaveStatus, SaveActions } = model.later.value ?? {};
  return (
    <>
      {isConnected.value ? <Header model={model} /> : null}
      {isConnected.value ? (
        <>
          <div role="status" id="status" tabIndex={-1}>
            {SaveStatus ? <SaveStatus model={model} /> : null}
            {model.existing.value?.View()}
          </div>
          {Trouble ? <Trouble model={model} /> : null}
          {isEditing.value ? <Form model={model} /> : SaveActions ? <SaveActions model={model} /> : null}
        </>
      ) : (
        <>
          {Trouble ? <Trouble model={model} /> : null}
          <Welcome model={model} />
        </>
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
