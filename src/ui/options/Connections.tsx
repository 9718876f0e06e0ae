import { useEffect, useRef } from 'preact/hooks';
import type { Connection } from '../../core/connection.ts';
import type { Icon as NotionIcon } from '../../core/database/destination.ts';
import { Icon } from '../components/Icon.tsx';
import { useSignal } from '../components/live.ts';
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
      <ByToken model={model} />
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
      <p>
        <button type="button" class="button second" aria-disabled={model.busy.value} onClick={model.connect}>
          {text('options_connect_another')}
        </button>
      </p>
      <ByToken model={model} />
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

/** The other way to connect: without the endpoint, and without a window for signing in. */
function ByToken({ model }: { model: Model }) {
  const { client, busy, connectToken } = model;
  const { text } = client;
  const token = useSignal('');
  return (
    <details>
      <summary>{text('options_by_token')}</summary>
      <p class="quiet">{text('options_by_token_body')}</p>
      <form
        class="line"
        onSubmit={async (event) => {
          event.preventDefault();
          if (busy.value || token.value.trim() === '') return;
          await connectToken(token.value);
          // What was refused stays, to be mended.
          if (!model.note.value?.failure) token.value = '';
        }}
      >
        <input
          class="field what"
          type="password"
          aria-label={text('options_token')}
          placeholder="ntn_…"
          autocomplete="off"
          dir="ltr"
          value={token.value}
          onInput={(event) => {
            token.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="button second" aria-disabled={busy.value}>
          {text('options_use_token')}
        </button>
      </form>
    </details>
  );
}

function Workspace({ model, connection }: { model: Model; connection: Connection }) {
  const { client, busy, connect, disconnect } = model;
  const { text } = client;
  const { botId, workspaceName, workspaceIcon, ownerName, status, isPasted } = connection;
  const id = `workspace-${botId}`;
  return (
    <>
      <div class="line">
        <Icon icon={workspaceIconOf(workspaceIcon)} name={workspaceName} />
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
          title={text(isPasted ? 'options_token_ended' : 'failure_reconnect_needed_title')}
          body={text(isPasted ? 'options_token_ended_body' : 'failure_reconnect_needed_body')}
        >
          {isPasted ? null : (
            <button type="button" class="button" aria-disabled={busy.value} onClick={connect}>
              {text('remedy_reconnect')}
            </button>
          )}
        </Notice>
      ) : null}
    </>
  );
}

/** Notion gives an address, an emoji or nothing. */
const workspaceIconOf = (icon: string | null): NotionIcon =>
  icon === null || icon === '' ? null : icon.includes('/') ? { url: icon } : { emoji: icon };
