import type { Connection } from '../../core/connection.ts';
import { Notice } from '../components/Notice.tsx';
import type { Model } from './model.ts';
import { Outcome } from './Options.tsx';

export function ConnectionSection({ model }: { model: Model }) {
  const { client, connections, told } = model;
  const { text } = client;
  const needsConnecting = connections.value.every((one) => one.status === 'refused');
  const isBusy = told.value?.busy === true;
  return (
    <section>
      <h2>{text('options_connection')}</h2>
      {connections.value.length === 0 ? <p>{text('options_welcome')}</p> : null}
      {connections.value.map((connection) => (
        <Workspace key={connection.botId} model={model} connection={connection} />
      ))}
      {needsConnecting ? (
        <button type="button" class="button" aria-disabled={isBusy} onClick={model.connect}>
          {text('connect')}
        </button>
      ) : null}
      <Outcome model={model} section="connection" />
    </section>
  );
}

function Workspace({ model, connection }: { model: Model; connection: Connection }) {
  const { text } = model.client;
  const { workspaceName, workspaceIcon, ownerName, status, botId } = connection;
  return (
    <>
      {status === 'refused' ? (
        <Notice
          tone="needs-you"
          role="alert"
          title={text('failure_reconnect_needed_title')}
          body={text('failure_reconnect_needed_body')}
        />
      ) : null}
      <div class="line workspace">
        <WorkspaceIcon icon={workspaceIcon} name={workspaceName} />
        <span class="name">
          <b>{text('options_connected_to', workspaceName)}</b>
          {ownerName ? <span class="quiet">{text('options_connected_as', ownerName)}</span> : null}
        </span>
        <button type="button" class="button second" onClick={() => model.disconnect(botId)}>
          {text('disconnect')}
        </button>
      </div>
    </>
  );
}

/** Notion hands out an address or an emoji; without either, the first letter of the name. */
function WorkspaceIcon({ icon, name }: { icon: string | null; name: string }) {
  if (icon && /^https?:\/\//.test(icon))
    return <img class="workspace-icon" src={icon} alt="" referrerpolicy="no-referrer" />;
  return (
    <span class="workspace-icon" aria-hidden="true">
      {icon ?? [...name][0] ?? ''}
    </span>
  );
}
