import type { ExportFormat } from '../../core/library/write.ts';
import { meaningOf } from '../../core/meaning.ts';
import type { RowIndexStatus } from '../../core/saved-rows/status.ts';
import type { MessageKey } from '../../core/text.ts';
import type { Model } from './model.ts';
import { Section } from './Section.tsx';

const FORMATS = [
  ['html', 'options_export_html'],
  ['csv', 'options_export_csv'],
  ['json', 'options_export_json'],
] as const satisfies [ExportFormat, MessageKey][];

/** Whether the rows of the chosen database are kept on this device, and how far that has come. */
export function SavedRows({ model }: { model: Model }) {
  const {
    client,
    destination,
    rowIndex,
    rowBytes,
    setIndex,
    eraseIndex,
    exportRows,
    markSaved,
    setMarkSaved,
    busy,
  } = model;
  const { text } = client;
  const place = destination.value;
  if (!place) return null;
  const status = rowIndex.value;
  const isOn = status?.on ?? false;
  return (
    <Section model={model} name="index" title={text('options_index')}>
      <p class="quiet">{text('options_index_body')}</p>
      <label class="switch">
        <input type="checkbox" checked={isOn} onChange={(event) => setIndex(event.currentTarget.checked)} />
        <span>{text('options_index_on', model.nameOf(place))}</span>
      </label>
      {isOn ? (
        <label class="switch">
          <input
            type="checkbox"
            checked={markSaved.value}
            onChange={async (event) => {
              const { currentTarget } = event;
              await setMarkSaved(currentTarget.checked);
              currentTarget.checked = markSaved.value;
            }}
          />
          <span>{text('options_mark')}</span>
        </label>
      ) : null}
      {status && (isOn || status.rows > 0) ? (
        <div class="line">
          <div class="what">
            <p>{text(standing(status), number(client.language, status.rows))}</p>
            {status.failure ? <p class="needs">{text(meaningOf(status.failure).title)}</p> : null}
            {rowBytes.value === null ? null : (
              <p class="quiet">{text('options_index_size', size(client.language, rowBytes.value))}</p>
            )}
          </div>
          <button type="button" class="button second" aria-disabled={busy.value} onClick={eraseIndex}>
            {text('options_index_erase')}
          </button>
        </div>
      ) : null}
      {status && status.rows > 0 ? (
        <div class="line">
          <span class="what">{text('options_export')}</span>
          {FORMATS.map(([format, name]) => (
            <button
              key={format}
              type="button"
              class="button second"
              aria-disabled={busy.value}
              onClick={() => void exportRows(format)}
            >
              {text(name)}
            </button>
          ))}
        </div>
      ) : null}
    </Section>
  );
}

function standing({ on, whole, underWay }: RowIndexStatus) {
  if (!on) return 'options_index_rows_off';
  return whole && !underWay ? 'options_index_rows' : 'options_index_rows_so_far';
}

const number = (language: string, count: number): string => new Intl.NumberFormat(language).format(count);

const size = (language: string, bytes: number): string =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  }).format(bytes / 1_000_000);
