import { PRESET_COMMANDS } from '../../core/settings/presets.ts';
import type { Model } from './model.ts';
import { Section } from './Section.tsx';

const LABELS = { _execute_action: 'options_shortcut_popup', 'quick-save': 'command_quick_save' } as const;

/** What a command does; null for one that has no preset to do. */
function labelOf({ client, presets }: Model, command: string): string | null {
  if (command in LABELS) return client.text(LABELS[command as keyof typeof LABELS]);
  const preset = presets.value[(PRESET_COMMANDS as readonly string[]).indexOf(command)];
  return preset ? client.text('options_shortcut_preset', preset.name) : null;
}

/** The keys as they are really assigned: a browser leaves out those that another extension had first. */
export function Shortcuts({ model }: { model: Model }) {
  const { client, shortcuts } = model;
  const { text } = client;
  return (
    <Section model={model} name="shortcuts" title={text('options_shortcuts')}>
      <dl class="keys">
        {shortcuts.value.map(({ command, shortcut }) => {
          const label = labelOf(model, command);
          return label === null ? null : (
            <div key={command} class="line">
              <dt class="what">
                <bdi>{label}</bdi>
              </dt>
              <dd>
                {shortcut ? <Keys shortcut={shortcut} /> : <b class="needs">{text('options_no_key')}</b>}
              </dd>
            </div>
          );
        })}
      </dl>
      <p class="line">
        <button type="button" class="button second" onClick={() => client.openShortcuts()}>
          {text('options_change_keys')}
        </button>
      </p>
    </Section>
  );
}

/** `Alt+Shift+S`; on a Mac the browsers write `⌃⇧S`. */
const Keys = ({ shortcut }: { shortcut: string }) => (
  <span dir="ltr">
    {shortcut.split('+').map((key) => (
      <kbd key={key} class="key">
        {key}
      </kbd>
    ))}
  </span>
);
