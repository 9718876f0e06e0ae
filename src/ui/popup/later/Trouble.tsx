import { failure } from '../../../core/failure.ts';
import { meaningOf, type Remedy } from '../../../core/meaning.ts';
import { heldUntil } from '../../../core/save/retry.ts';
import { failureBody } from '../../components/failure-words.ts';
import { Notice } from '../../components/Notice.tsx';
import { remediesOf } from '../../components/remedy.ts';
import { isUnfit, type Model, type Problem } from '../state.ts';

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
  const { client, save } = model;
  const { text } = client;
  const problem = problemOf(model);
  if (!problem) return null;
  const { why, more } = problem;
  const { title, hope } = meaningOf(why);
  const isPassing = hope === 'later';
  const isOfSave = why === save.value?.failure;
  // It would only be asked to wait once more.
  const isHeld = isOfSave && save.value && heldUntil(save.value, Date.now()) !== null;
  const body = failureBody(client, why, isOfSave ? save.value?.dueAt : undefined);
  return (
    <Notice
      tone={isPassing ? 'neutral' : 'needs-you'}
      role="alert"
      title={text(title)}
      body={`${body} ${more ? text(more) : ''}`}
      detail={why.detail}
    >
      {isHeld
        ? null
        : remediesOf(why).map(({ remedy, label }, index) => {
            const look = index > 0 ? 'quiet-link' : isPassing ? 'button second' : 'button';
            return remedy === 'share' ? (
              <a key={remedy} class={look} href={placeOf(model)} target="_blank" rel="noreferrer">
                {text(label)}
              </a>
            ) : (
              <button key={remedy} type="button" class={look} onClick={() => help(model, remedy)}>
                {text(label)}
              </button>
            );
          })}
    </Notice>
  );
}

/** Where the database that it is about is in Notion. */
const placeOf = ({ entry }: Model): string => entry.value?.url ?? 'https://www.notion.so/';

/** Be it of the save or of keeping it. */
function problemOf(model: Model): Problem | null {
  const { problem, save, isEditing, changing, destinationId, destination, entry, connections, hasPage } =
    model;
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
  // A preset's, or what was chosen before its workspace was disconnected: what is saved goes nowhere else unasked.
  if (!entry.value && !destination.value) return { why: failure('database-unknown') };
  if (entry.value && connections.value[entry.value.botId]?.status === 'refused')
    return { why: failure('reconnect-needed') };
  return hasPage ? null : { why: failure('page-not-savable') };
}

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

async function help(model: Model, remedy: Remedy): Promise<void> {
  const { client, entries, isEditing, save, change, follow, keep, openSettings } = model;
  switch (remedy) {
    case 'connect':
    case 'reconnect':
    case 'open-settings':
      return openSettings();
    case 'choose-database':
    case 'edit': {
      if (remedy === 'choose-database' && entries.value.length === 0) return openSettings();
      if (!isEditing.value) {
        change();
        // The form takes the focus for itself when it has been drawn for the first time.
        for (let frames = 0; frames < 2; frames++) await frame();
      }
      const field = document.getElementById(remedy === 'edit' ? 'tags' : 'database');
      field?.focus();
      if (remedy === 'choose-database') field?.click();
      return;
    }
    case 'restore-row':
    case 'save-anew': {
      const saveId = save.value?.id;
      if (saveId === undefined) return;
      const done = await client.call({ type: remedy, saveId });
      if (done.ok && done.value) await follow(done.value.saveId);
      return;
    }
    case 'grant-access':
      if (!(await client.grantAccess())) return;
  }
  if (isEditing.value) await keep();
  else if (save.value) await client.call({ type: 'try-now', saveId: save.value.id });
}
