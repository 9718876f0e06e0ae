import { failure } from '../../core/failure.ts';
import { meaningOf, type Remedy } from '../../core/meaning.ts';
import { Notice } from '../components/Notice.tsx';
import { remedyLabel } from '../components/remedy.ts';
import { isUnfit, type Model, type Problem } from './model.ts';

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
  const { client, entry } = model;
  const { text } = client;
  const problem = problemOf(model);
  if (!problem) return null;
  const { why, more } = problem;
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
          <button type="button" class="quiet-link" onClick={() => help(model, 'choose-database')}>
            {text('remedy_choose_another')}
          </button>
        </>
      ) : (
        <button
          type="button"
          class={isPassing ? 'button second' : 'button'}
          onClick={() => help(model, remedy)}
        >
          {text(label)}
        </button>
      )}
    </Notice>
  );
}

/** Be it of the save or of keeping it. */
function problemOf(model: Model): Problem | null {
  const { problem, save, isEditing, changing, destinationId, entry, connections, hasPage } = model;
  const one = save.value;
  if (problem.value) return problem.value;
  if (one?.failure?.code === 'being-edited') return null;
  if (one && one.state !== 'undone' && (one.failure || one.state === 'needs-you'))
    return {
      why: one.failure ?? failure('unexpected'),
      ...(isUnfit(one) ? { more: 'popup_kept_needs_you' as const } : {}),
    };
  if (!isEditing.value || changing.value) return null;
  if (destinationId.value === null) return { why: failure('no-destination') };
  if (entry.value && connections.value[entry.value.botId]?.status === 'refused')
    return { why: failure('reconnect-needed') };
  return hasPage ? null : { why: failure('page-not-savable') };
}

async function help(
  { client, entries, isEditing, save, keep, openSettings }: Model,
  remedy: Remedy,
): Promise<void> {
  switch (remedy) {
    case 'connect':
    case 'reconnect':
    case 'open-settings':
      return openSettings();
    case 'choose-database': {
      const field = document.getElementById('database');
      if (entries.value.length === 0 || !field) return openSettings();
      field.focus();
      return field.click();
    }
    case 'grant-access':
      if (!(await client.grantAccess())) return;
  }
  if (isEditing.value) await keep();
  else if (save.value) await client.call({ type: 'try-now', saveId: save.value.id });
}
