import { useEffect, useRef } from 'preact/hooks';
import type { Connection } from '../../core/connection.ts';
import type { Icon as NotionIcon } from '../../core/notion/destination.ts';
import { Icon } from '../components/Icon.tsx';
import { Notice } from '../components/Notice.tsx';
import type { Model } from './model.ts';
import { Section, Told } from './Section.tsx';

/** Before a workspace is connected: what this is, what will happen, and one button. */
export function Welcome({ model }: { model: Model }) {
  const { client, busy, connect, note } = model;
  const { text } = client;
  const title = useFocusOnReturn(model);
  return (
    <section class="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title" tabIndex={-1} ref={title}>
        {text('options_welcome_title')}
      </h2>
      <p>{text('popup_welcome_body')}</p>
      <ol>
        <li>{text('options_step_connect')}</li>
        <li>{text('options_step_choose')}</li>
        <li>{text('options_step_save')}</li>
      </ol>
      <button type="button" class="button large" aria-disabled={busy.value} autofocus onClick={connect}>
        {text('connect')}
      </button>
      {note.value?.place === 'connection' ? <Told model={model} note={note.value} /> : null}
    </section>
  );
}

export function Connections({ model }: { model: Model }) {
  const { text } = model.client;
  const title = useFocusOnReturn(model);
  return (
    <Section model={model} name="connection" title={text('options_connection')} titleRef={title}>
      {model.connections.value.map((connection) => (
        <Workspace key={connection.botId} model={model} connection={connection} />
      ))}
    </Section>
  );
}

/** The button that had the focus goes away with its section; what comes instead takes it, so that it is read out. */
function useFocusOnReturn({ note }: Model) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (note.value) title.current?.focus();
  }, []);
  return title;
}

function Workspace({ model, connection }: { model: Model; connection: Connection }) {
  const { client, busy, connect, disconnect } = model;
  const { text } = client;
  const { botId, workspaceName, workspaceIcon, ownerName, status } = connection;
  const id = `workspace-${botId}`;
  return (
    <>
      <div class="line">
        <Icon icon={workspaceIconOf(workspaceIcon)} />
        <div class="what" id={id}>
          <b>
            <bdi>{workspaceName || text('options_workspace')}</bdi>
          </b>
          {ownerName ? <p class="quiet">{text('options_owner', ownerName)}</p> : null}
        </div>
        <button
          type="button"
          class="button second"
          aria-describedby={id}
          aria-disabled={busy.value}
          onClick={() => disconnect(botId)}
        >
          {text('disconnect')}
        </button>
      </div>
      {status === 'refused' ? (
        <Notice
          tone="needs-you"
          role="alert"
          title={text('failure_reconnect_needed_title')}
          body={text('failure_reconnect_needed_body')}
        >
          <button type="button" class="button" aria-disabled={busy.value} onClick={connect}>
            {text('remedy_reconnect')}
          </button>
        </Notice>
      ) : null}
    </>
  );
}

/** Notion gives an address, an emoji or nothing. */
const workspaceIconOf = (icon: string | null): NotionIcon =>
  icon === null || icon === '' ? null : /^https?:/.test(icon) ? { url: icon } : { emoji: icon };
