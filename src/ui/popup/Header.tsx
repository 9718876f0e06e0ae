import { isArrived } from '../../core/save/record.ts';
import { Mark } from '../components/Mark.tsx';
import type { Model } from './state.ts';

export function Header({ model }: { model: Model }) {
  const { client, name, finding, find, databases, isEditing, openSettings } = model;
  const { text } = client;
  const { isOpen, typed } = finding;
  const none = text('popup_choose_database');
  const View = databases.value?.View;
  return (
    <div class={View && isOpen.value ? 'header finding' : 'header'}>
      <Mark />
      <h1 class="visually-hidden">{text('action_title')}</h1>
      <span class="choice" data-name={name.value || none}>
        <input
          id="database"
          role="combobox"
          aria-label={text('field_database')}
          aria-autocomplete="list"
          aria-controls="databases"
          aria-expanded={false}
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          placeholder={none}
          disabled={!isEditing.value}
          value={typed.value ?? name.value}
          onInput={(event) => {
            find({ typed: event.currentTarget.value, isOpen: true });
          }}
          onClick={(event) => {
            if (typed.value === null) event.currentTarget.select();
            find({ isOpen: true });
          }}
          {...databases.value?.field()}
        />
      </span>
      {View?.()}
      <span class="gap" />
      <Waiting model={model} />
      <button
        type="button"
        class="settings"
        aria-label={text('settings')}
        title={text('settings')}
        onClick={openSettings}
      />
    </div>
  );
}

/** One line when other saves wait or need the user; it leads to them. */
function Waiting({ model }: { model: Model }) {
  const { client, outbox, save, openSettings } = model;
  const others = ({ count }: { count: number }, isOne: boolean) => count - (isOne ? 1 : 0);
  const mine = save.value;
  const isStuck = mine?.state === 'needs-you';
  const needsYou = others(outbox.value.needsYou, isStuck);
  const waiting = others(outbox.value.waiting, mine !== null && !isStuck && !isArrived(mine));
  if (needsYou + waiting === 0) return null;
  return (
    <button type="button" class="quiet-link quiet" onClick={openSettings}>
      {needsYou > 0
        ? client.text(needsYou === 1 ? 'popup_needs_you_one' : 'popup_needs_you', String(needsYou))
        : client.text('popup_waiting', String(waiting))}
    </button>
  );
}
