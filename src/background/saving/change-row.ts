/** Changing a row that is there: its properties, into the trash, and out of it. */
import { failure } from '../../core/failure.ts';
import { certain } from '../../core/notion/judge.ts';
import { PageReply } from '../../core/notion/replies.ts';
import { restorePage } from '../../core/notion/requests.ts';
import { updateRow } from '../../core/notion/row.ts';
import type { ClaimEvent } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import { type Attempt, remainderOf } from './attempt.ts';
import type { Deliver } from './deliver.ts';
import { createSendRow } from './send-row.ts';

export function createChangeRow({
  clock,
  notion,
  schemas,
  refused,
  refusedFor,
  unsure,
  botOf,
  toTrash,
}: Attempt): Pick<Deliver, 'update' | 'trash' | 'restore'> {
  const send = createSendRow({ notion, schemas });

  async function update(save: Save): Promise<ClaimEvent> {
    const { row, written, told, capture } = save;
    const destination = await schemas.get(save.destinationId);
    if (!destination.ok) return { ...refused(destination.failure), of: 'update' };
    if (!row || !written) return refused(failure('unexpected'));
    const change = { from: written, told: told?.slice(0, -1), to: capture };
    const { verdict, left, hadNoEffect } = await send(destination.value, (fitting) =>
      updateRow(row.id, change, fitting),
    );
    if (verdict.kind === 'done') return { type: 'updated', at: clock(), capture, ...remainderOf(left) };
    // Setting the same values once more does no harm, whether we do it or the browser has done it.
    if (verdict.kind !== 'refused') return unsure(verdict.failure);
    const refusal = await refusedFor(save, verdict.failure, { hasValues: true });
    return { ...refusal, ...(hadNoEffect ? { of: 'update' } : {}) };
  }

  async function trash(save: Save): Promise<ClaimEvent> {
    if (!save.row) return refused(failure('unexpected'));
    const gone = await toTrash(await botOf(save), save.row.id);
    return gone.ok ? { type: 'trashed', at: clock() } : refusedFor(save, gone.failure);
  }

  async function restore(save: Save): Promise<ClaimEvent> {
    if (!save.row) return refused(failure('unexpected'));
    const restored = certain(await notion.send(await botOf(save), restorePage(save.row.id), PageReply));
    return restored.ok ? { type: 'restored', at: clock() } : refusedFor(save, restored.failure);
  }

  return { update, trash, restore };
}
