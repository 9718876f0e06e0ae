import type { RefusalReason } from '../../core/library/item.ts';
import type { LibraryFailure } from '../../core/library/read.ts';
import type { MessageKey } from '../../core/text.ts';
import { Notice } from '../components/Notice.tsx';
import { formatName } from './formats.ts';
import type { Model } from './model.ts';
import { Where } from './Where.tsx';

const WHY: Record<RefusalReason, MessageKey> = {
  'no-address': 'import_no_address',
  'not-web': 'import_not_web',
  unreadable: 'import_unreadable',
};
const FAILED: Record<LibraryFailure, MessageKey> = {
  unknown: 'import_unknown',
  damaged: 'import_damaged',
  'too-large': 'import_too_large',
};

/** All that is said before anything is sent. */
export function Preview({ model }: { model: Model }) {
  const { client, found, fresh, outlook, minutes, places, busy, start, leave } = model;
  const { text } = client;
  const number = (count: number) => count.toLocaleString(client.language);
  const what = found.value;
  if (!what) return null;
  const { items, doubles, refused, failed, formats } = what;
  const there = items.length - fresh.value.length;
  const isReading = model.isReadingRows();
  const facts = [
    formats.length > 0
      ? text('import_kind', formats.map((format) => formatName(format, text)).join(', '))
      : '',
    doubles > 0 ? text('import_doubles', number(doubles)) : '',
    there > 0 ? text('import_known', number(there)) : '',
    refused.length > 0 ? text('import_left', number(refused.length)) : '',
  ].filter((fact) => fact !== '');
  return (
    <form
      class="preview"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      {failed.map((why) => (
        <Notice key={why} tone="needs-you" role="alert" title={text(FAILED[why])} />
      ))}
      {items.length > 0 ? (
        <h2>{text('import_found', number(items.length))}</h2>
      ) : (
        <h2>{text('import_nothing')}</h2>
      )}
      {facts.length > 0 ? <p class="quiet">{facts.join(' · ')}</p> : null}
      <div role="status">
        {isReading ? (
          <p class="quiet">{text('import_reading_rows', number(model.rows.value?.rows ?? 0))}</p>
        ) : model.rows.value?.failure ? (
          <p class="quiet">{text('import_rows_unknown')}</p>
        ) : null}
      </div>
      {refused.length > 0 ? (
        <details>
          <summary>{text('import_left_list')}</summary>
          <ul class="left">
            {refused.slice(0, 200).map(({ number: at, what: words, why }) => (
              <li key={at}>
                <bdi>{words || `#${at}`}</bdi> <span class="quiet">{text(WHY[why])}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {fresh.value.length > 0 && places.value ? (
        <>
          <Examples model={model} />
          <Where model={model} />
          {outlook.value && outlook.value.newTags.length > 0 ? (
            <label class="switch">
              <input
                type="checkbox"
                class="check"
                checked={places.value.makesTags}
                onChange={(event) => model.setPlaces({ makesTags: event.currentTarget.checked })}
              />
              {text(
                'import_new_tags',
                number(outlook.value.newTags.length),
                outlook.value.newTags
                  .slice(0, 5)
                  .map(({ name }) => name)
                  .join(', '),
              )}
            </label>
          ) : null}
          <p class="quiet">{text('import_time', number(minutes.value))}</p>
        </>
      ) : null}
      <div class="foot">
        <button type="button" class="button second" onClick={leave}>
          {text('import_leave')}
        </button>
        <span class="gap quiet" aria-live="polite">
          {busy.value ? text('popup_keeping') : ''}
        </span>
        {fresh.value.length > 0 ? (
          <button type="submit" class="button" aria-disabled={busy.value}>
            {text('import_start')}
          </button>
        ) : null}
      </div>
    </form>
  );
}

function Examples({ model: { client, fresh } }: { model: Model }) {
  const { text, language } = client;
  return (
    <ul class="examples" aria-label={text('import_examples')}>
      {fresh.value.slice(0, 3).map((item) => (
        <li key={item.url}>
          <b dir="auto">{item.title ?? item.url}</b>
          <p class="quiet">
            <bdi class="address">{item.url}</bdi>
            {[
              item.created === null ? '' : new Date(item.created).toLocaleDateString(language),
              item.folder.join(' / '),
              item.tags.join(', '),
            ]
              .filter((part) => part !== '')
              .map((part) => (
                <span key={part}>
                  {' · '}
                  <bdi>{part}</bdi>
                </span>
              ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
