import type { Row } from '../../core/database/row.ts';
import type { Client } from '../../protocol/client.ts';
import { Notice } from './Notice.tsx';

/** What the user wants done with such a row: the message that says so. */
export type Decision = 'remove-double' | 'keep-double';

/** Rows that the browser may have made a second time, and that are not removed unasked: the user looks, and decides. */
export function Doubles({
  client: { text },
  rows,
  busy = false,
  decide,
}: {
  client: Client;
  rows: readonly Row[];
  busy?: boolean;
  decide: (what: Decision, rowId: string) => unknown;
}) {
  return (
    <>
      {rows.map(({ id, url }) => {
        const button = { class: 'button second', 'aria-describedby': `double-${id}` } as const;
        return (
          <div key={id} id={`double-${id}`}>
            <Notice tone="neutral" title={text('double_title')} body={text('double_body')}>
              <a {...button} href={url} target="_blank" rel="noreferrer">
                {text('open_in_notion')}
              </a>
              <button
                type="button"
                {...button}
                aria-disabled={busy}
                onClick={() => decide('remove-double', id)}
              >
                {text('double_remove')}
              </button>
              <button
                type="button"
                {...button}
                aria-disabled={busy}
                onClick={() => decide('keep-double', id)}
              >
                {text('double_keep')}
              </button>
            </Notice>
          </div>
        );
      })}
    </>
  );
}
