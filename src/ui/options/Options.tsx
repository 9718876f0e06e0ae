import { meaningOf, type Remedy } from '../../core/failure.ts';
import type { MessageKey } from '../../core/text.ts';
import { Mark } from '../components/Mark.tsx';
import { Notice } from '../components/Notice.tsx';
import { ConnectionSection } from './ConnectionSection.tsx';
import { DatabaseSection } from './DatabaseSection.tsx';
import type { Model, Section } from './model.ts';
import { WaitingSection } from './WaitingSection.tsx';

export function Options({ model }: { model: Model }) {
  const { client, connections, saves } = model;
  const { text } = client;
  const isConnected = connections.value.length > 0;
  return (
    <>
      <h1>
        <Mark /> {text('options_title')}
      </h1>
      <ConnectionSection model={model} />
      {isConnected ? <DatabaseSection model={model} /> : null}
      {saves.value.length > 0 ? <WaitingSection model={model} /> : null}
      <Shortcuts model={model} />
      <section>
        <h2>{text('options_privacy')}</h2>
        <p>{text('options_privacy_pages')}</p>
        <p>{text('options_privacy_where')}</p>
        <p>{text('options_privacy_tokens')}</p>
      </section>
    </>
  );
}

/** Sign-ins that the user called off are told calmly: nothing is wrong. */
const CALM = new Set(['sign-in-cancelled', 'sign-in-denied']);

/** What came of the last thing that was asked in a section. */
export function Outcome({ model, section }: { model: Model; section: Section }) {
  const { text } = model.client;
  const told = model.told.value?.section === section ? model.told.value : null;
  const why = told?.failure ?? null;
  const isCalm = why !== null && CALM.has(why.code);
  const words = isCalm ? `${text(meaningOf(why).title)}. ${text(meaningOf(why).body)}` : told?.words;
  return (
    <>
      <p role="status" class={told && !told.busy && !why ? 'told done' : 'told'}>
        {words}
      </p>
      {why && !isCalm ? (
        <Notice
          tone="needs-you"
          role="alert"
          title={text(meaningOf(why).title)}
          body={text(meaningOf(why).body)}
        >
          <RemedyButton model={model} remedy={meaningOf(why).remedy} />
        </Notice>
      ) : null}
    </>
  );
}

/** Only remedies that are not on this page anyway. */
function RemedyButton({ model, remedy }: { model: Model; remedy: Remedy }) {
  if (remedy !== 'share' && remedy !== 'try-again' && remedy !== 'grant-access') return null;
  const key: MessageKey = `remedy_${remedy.replaceAll('-', '_') as 'share'}`;
  return (
    <button type="button" class="button second" onClick={() => model.help(remedy)}>
      {model.client.text(key)}
    </button>
  );
}

function Shortcuts({ model }: { model: Model }) {
  const { text } = model.client;
  const row = (command: string, label: MessageKey) => {
    const keys = model.shortcutOf(command);
    return (
      <div class="line">
        <span>{text(label)}</span>
        {keys ? <span class="key">{keys}</span> : <span class="quiet">{text('options_shortcut_none')}</span>}
      </div>
    );
  };
  return (
    <section>
      <h2>{text('options_shortcuts')}</h2>
      {row('_execute_action', 'options_shortcut_popup')}
      {row('quick-save', 'options_shortcut_quick_save')}
      <p class="quiet">{text('options_shortcut_hint')}</p>
    </section>
  );
}
