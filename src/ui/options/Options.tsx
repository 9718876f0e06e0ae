import { Mark } from '../components/Mark.tsx';
import { Connections, Welcome } from './Connections.tsx';
import { Databases } from './Databases.tsx';
import { FormOptions } from './FormOptions.tsx';
import type { Model } from './model.ts';
import { Presets } from './Presets.tsx';
import { Privacy } from './Privacy.tsx';
import { SavedRows } from './SavedRows.tsx';
import { isAlert } from './Section.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { WaitingSaves } from './WaitingSaves.tsx';

export function Options({ model }: { model: Model }) {
  const { text } = model.client;
  const { isConnected, note, unreadable, waiting, unread } = model;
  const said = note.value && !isAlert(note.value) ? note.value : null;
  return (
    <>
      <header>
        <Mark />
        <h1>{text('extension_name')}</h1>
      </header>
      <div role="status" class="visually-hidden">
        {said ? `${said.title} ${said.body ?? ''}` : ''}
      </div>
      {unreadable.value ? (
        <div class="notice needs-you" role="alert">
          <b>{text('unreadable_title')}</b>
          <p>{text('unreadable_body')}</p>
        </div>
      ) : null}
      {isConnected.value ? (
        <>
          <Connections model={model} />
          <Databases model={model} />
          <FormOptions model={model} />
          <Presets model={model} />
          <SavedRows model={model} />
        </>
      ) : (
        <Welcome model={model} />
      )}
      {isConnected.value || waiting.value.length > 0 || unread.value > 0 ? (
        <WaitingSaves model={model} />
      ) : null}
      <Shortcuts model={model} />
      <Privacy model={model} />
    </>
  );
}
