import { useRef } from 'preact/hooks';
import type { OwnKind } from '../../core/library/formats/own.ts';
import { meaningOf } from '../../core/meaning.ts';
import type { MessageKey } from '../../core/text.ts';
import { failureBody } from '../components/failure-words.ts';
import { Mark } from '../components/Mark.tsx';
import { Notice } from '../components/Notice.tsx';
import { ImportJob } from './ImportJob.tsx';
import type { Model } from './model.ts';
import { Preview } from './Preview.tsx';

const OWN: Record<OwnKind, MessageKey> = {
  bookmarks: 'import_own_bookmarks',
  readingList: 'import_own_reading_list',
};

/** What is to be imported, where its fields go, and how imports stand. */
export function Import({ model }: { model: Model }) {
  const { client, found, reading, jobs, failure } = model;
  const { text } = client;
  const why = failure.value;
  return (
    <>
      <header>
        <Mark />
        <h1>{text('import_title')}</h1>
      </header>
      {why ? (
        <Notice
          tone="needs-you"
          role="alert"
          title={text(meaningOf(why).title)}
          body={failureBody(client, why)}
          detail={why.detail}
        />
      ) : null}
      <div role="status">{reading.value ? <p class="quiet">{text('import_reading')}</p> : null}</div>
      {found.value === null ? <Choose model={model} /> : <Preview model={model} />}
      {jobs.all.value.map((job) => (
        <ImportJob key={job.id} model={model} job={job} />
      ))}
    </>
  );
}

function Choose({ model: { client, ownKinds, wasRefused, readFiles, readOwn } }: { model: Model }) {
  const { text } = client;
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="choose">
      <p class="quiet">{text('import_body')}</p>
      <div class="actions">
        <button type="button" class="button" autofocus onClick={() => input.current?.click()}>
          {text('import_choose')}
        </button>
        {ownKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="button second"
            onClick={() => void readOwn(kind, text(OWN[kind]))}
          >
            {text(OWN[kind])}
          </button>
        ))}
      </div>
      <p class="quiet hint">{text('import_own_why')}</p>
      <div role="status">{wasRefused.value ? <p class="quiet">{text('import_own_refused')}</p> : null}</div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".html,.htm,.csv,.tsv,.json,.jsonlz4,.zip,.xml,.opml,.txt,.md"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) void readFiles(files);
        }}
      />
    </div>
  );
}
