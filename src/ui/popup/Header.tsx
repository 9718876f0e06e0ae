import type { CatalogEntry } from '../../core/notion/destination.ts';
import { labelOf } from '../../core/notion/label.ts';
import { isFinished } from '../../core/save/record.ts';
import { Mark } from '../components/Mark.tsx';
import type { Model } from './model.ts';

export function Header({ model }: { model: Model }) {
  const { client, destinationId, entries, destination, isEditing, openSettings } = model;
  const { text } = client;
  const isListed = entries.value.some((entry) => entry.id === destinationId.value);
  const shown = isListed || !destination.value ? entries.value : [destination.value, ...entries.value];
  const label = ({ icon, title }: CatalogEntry) => labelOf(icon, title || text('popup_untitled_database'));
  return (
    <div class="header">
      <Mark />
      <h1 class="visually-hidden">{text('action_title')}</h1>
      <span class="choice">
        <select
          aria-label={text('field_database')}
          disabled={!isEditing.value}
          value={destinationId.value ?? ''}
          onChange={(event) => event.currentTarget.value && model.choose(event.currentTarget.value)}
        >
          {shown.some((entry) => entry.id === destinationId.value) ? null : (
            <option value={destinationId.value ?? ''}>{text('popup_choose_database')}</option>
          )}
          {shown.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {label(entry)}
            </option>
          ))}
        </select>
      </span>
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
  const waiting = others(outbox.value.waiting, mine !== null && !isStuck && !isFinished(mine));
  if (needsYou + waiting === 0) return null;
  return (
    <button type="button" class="quiet-link quiet" onClick={openSettings}>
      {needsYou > 0
        ? client.text(needsYou === 1 ? 'popup_needs_you_one' : 'popup_needs_you', String(needsYou))
        : client.text('popup_waiting', String(waiting))}
    </button>
  );
}
