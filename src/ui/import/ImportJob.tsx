import type { Entry, EntryState, Job, JobState } from '../../core/library/job.ts';
import { meaningOf } from '../../core/meaning.ts';
import type { MessageKey } from '../../core/text.ts';
import { failureBody } from '../components/failure-words.ts';
import { Notice } from '../components/Notice.tsx';
import { openOf } from './jobs.ts';
import type { Model } from './model.ts';

const STATES: Record<JobState, MessageKey> = {
  storing: 'import_storing',
  running: 'import_running',
  paused: 'import_paused',
  stopped: 'import_stopped',
  done: 'import_done',
  undoing: 'import_undoing',
  undone: 'import_undone',
};
const COUNTS: readonly [EntryState, MessageKey][] = [
  ['made', 'import_made'],
  ['there', 'import_there'],
  ['refused', 'import_refused'],
  ['undone', 'import_taken_back'],
];

const LISTS = { made: 'import_list_made', there: 'import_list_there' } as const;

/** How an import stands, what has become of its entries, and what can be done about it. */
export function ImportJob({ model, job }: { model: Model; job: Job }) {
  const { client, jobs, busy } = model;
  const { text } = client;
  const number = (count: number) => Math.round(count).toLocaleString(client.language);
  const { id, name, state, counts, failure } = job;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const open = openOf(job);
  const pace = jobs.paceOf(job);
  const button = (label: MessageKey, act: () => Promise<void>) => (
    <button type="button" class="button second" aria-disabled={busy.value} onClick={() => void act()}>
      {text(label)}
    </button>
  );
  const count = (of: EntryState): number => counts[of] ?? 0;
  const said = COUNTS.flatMap(([of, key]) => (count(of) > 0 ? [text(key, number(count(of)))] : []));
  const isOpen = state === 'running' || state === 'paused';
  return (
    <div class="job">
      <h2 id={`job-${id}`} dir="auto">
        {name}
      </h2>
      <progress max={all} value={all - open} aria-labelledby={`job-${id}`} />
      <p role="status">
        {[
          text(STATES[state]),
          open > 0 ? text('import_progress', number(all - open), number(all)) : '',
          ...said,
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </p>
      {pace !== null && (state === 'running' || state === 'undoing') ? (
        <p class="quiet">{text('import_pace', number(pace), number(Math.max(1, open / pace)))}</p>
      ) : null}
      {failure ? (
        <Notice
          tone="needs-you"
          title={text(meaningOf(failure).title)}
          body={failureBody(client, failure)}
          detail={failure.detail}
        />
      ) : null}
      {count('refused') > 0 ? <Refused model={model} job={job} /> : null}
      <Rows model={model} job={job} of="made" />
      <Rows model={model} job={job} of="there" />
      <div class="actions">
        {state === 'running' ? button('import_pause', () => jobs.turn(id, 'paused')) : null}
        {state === 'paused' || state === 'stopped'
          ? button('import_go_on', () => jobs.turn(id, 'running'))
          : null}
        {isOpen ? button('import_stop', () => jobs.turn(id, 'stopped')) : null}
        {state !== 'undone' && state !== 'undoing' && state !== 'storing'
          ? button(job.ownsDatabase ? 'import_undo_database' : 'import_undo', () => jobs.turn(id, 'undoing'))
          : null}
        {state === 'done' || state === 'undone' || state === 'storing'
          ? button('import_forget', () => jobs.forget(id))
          : null}
      </div>
    </div>
  );
}

/** Each with why, and to be corrected. */
function Refused({ model: { client, jobs, busy }, job }: { model: Model; job: Job }) {
  const { text } = client;
  const entries = jobs.listed(job.id, 'refused');
  return (
    <details>
      <summary>{text('import_refused_list')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget);
          const mended = entries.map(({ number }) => ({
            number,
            title: String(typed.get(`title-${number}`) ?? ''),
            url: String(typed.get(`url-${number}`) ?? ''),
          }));
          void jobs.mend(job.id, mended);
        }}
      >
        <ul class="left">
          {entries.map(({ number, item, why }) => (
            <li key={number} class="mend">
              <input
                class="field"
                name={`title-${number}`}
                dir="auto"
                aria-label={text('field_title')}
                defaultValue={item.title ?? ''}
              />
              <input
                class="field"
                name={`url-${number}`}
                dir="ltr"
                type="url"
                aria-label={text('field_url')}
                defaultValue={item.url}
              />
              <span class="quiet">{why ? failureBody(client, why) : ''}</span>
            </li>
          ))}
        </ul>
        <button type="submit" class="button second" aria-disabled={busy.value}>
          {text('import_try_again')}
        </button>
      </form>
    </details>
  );
}

/** Those that are rows, each to be opened; some of them at once. */
function Rows({ model, job, of }: { model: Model; job: Job; of: keyof typeof LISTS }) {
  const { client, jobs } = model;
  const count = job.counts[of] ?? 0;
  const entries = jobs.listed(job.id, of);
  if (count === 0) return null;
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open && entries.length === 0) void jobs.list(job.id, of);
      }}
    >
      <summary>{client.text(LISTS[of])}</summary>
      <ul class="left">
        {entries.map((entry) => (
          <li key={entry.number}>{linkTo(entry)}</li>
        ))}
      </ul>
      {entries.length > 0 && entries.length < count ? (
        <button type="button" class="button second" onClick={() => void jobs.list(job.id, of)}>
          {client.text('import_more')}
        </button>
      ) : null}
    </details>
  );
}

const linkTo = ({ item, row }: Entry) => {
  const name = <bdi>{item.title ?? item.url}</bdi>;
  return row ? (
    <a href={row.url} target="_blank" rel="noreferrer">
      {name}
    </a>
  ) : (
    name
  );
};
