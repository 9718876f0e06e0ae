/** Making a row, and finding it when nobody knows whether it was made. */
import type { Destination } from '../../core/database/destination.ts';
import { sentContent } from '../../core/notion/holds.ts';
import { areAlike, lookUpRow, type PickedRow, pickRow, rowOf } from '../../core/notion/look-up.ts';
import { PageReply, QueryReply } from '../../core/notion/replies.ts';
import { getPage } from '../../core/notion/requests.ts';
import { createPlainRow, createRow } from '../../core/notion/row.ts';
import { madeAt } from '../../core/notion/traces.ts';
import type { ClaimEvent, Doubt } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import { step } from '../../core/save/save.ts';
import { type Attempt, doubtOf, heldByAny, remainderOf, takenBy } from './attempt.ts';
import type { Deliver } from './deliver.ts';
import { createSendRow } from './send-row.ts';

export function createMakeRow({
  clock,
  random,
  notion,
  schemas,
  records,
  pageParts,
  refused,
  refusedFor,
  unsure,
  repeatOf,
}: Attempt): Pick<Deliver, 'create' | 'look-up'> {
  const send = createSendRow({ notion, schemas });

  async function create(save: Save): Promise<ClaimEvent> {
    const destination = await schemas.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { capture } = save;
    const part = await pageParts.first(save);
    // Which addresses Notion takes for pictures, icons and covers is not said anywhere; the row does not depend on them.
    const { verdict, left } = await send(destination.value, (fitting) => createRow(capture, fitting, part), [
      ...(part.length > 0 ? [(fitting: Destination) => createRow(capture, fitting)] : []),
      ...((capture.icon ?? capture.cover)
        ? [(fitting: Destination) => createPlainRow(capture, fitting)]
        : []),
    ]);
    const created = (page: PageReply, doubt: { doubt?: Doubt }): ClaimEvent => ({
      type: 'created',
      at: clock(),
      row: rowOf(page),
      sent: capture,
      ...doubt,
      ...remainderOf(left),
    });
    switch (verdict.kind) {
      case 'done':
        return created(verdict.value, repeatOf(verdict, madeAt(verdict.value)));
      case 'refused':
        return refusedFor(save, verdict.failure, { hasValues: true });
      case 'unsure': {
        if (verdict.committedId === null) return unsure(verdict.failure);
        // Notion said that it saved the row though it answered with an error: fetch its address.
        const page = await notion.send(destination.value.botId, getPage(verdict.committedId), PageReply);
        return page.kind === 'done'
          ? created(page.value, doubtOf(madeAt(page.value)))
          : unsure(verdict.failure);
      }
    }
  }

  async function lookUp(save: Save): Promise<ClaimEvent> {
    let destination = await schemas.get(save.destinationId);
    if (!destination.ok) return refused(destination.failure);
    const { botId } = destination.value;
    const sent = save.written ?? save.capture;
    const since = save.sentAt ?? sent.at;
    const ask = (by: Destination) => notion.send(botId, lookUpRow(sent, by, since), QueryReply);
    let verdict = await ask(destination.value);
    if (verdict.kind !== 'done' && verdict.failure.code === 'values-refused') {
      // The property that it was looked for by may be gone.
      destination = await schemas.reread(save.destinationId, botId);
      if (!destination.ok) return refused(destination.failure);
      verdict = await ask(destination.value);
    }
    if (verdict.kind !== 'done') return refusedFor(save, verdict.failure);
    const place = destination.value;
    const asOf = verdict.asOf ?? clock();
    // Two saves of one page in one minute are two rows.
    const others = (await records.all('save')).filter((other) => other.id !== save.id);
    const isAsSent = (page: PageReply) => sentContent(page, sent, place) !== null;
    const picked = pickRow(verdict.value.results, {
      since,
      botIds: new Set([botId, save.botId]),
      claimed: takenBy(others),
      isAsSent,
      // Another save of this page may look for its row as well, or have been made twice.
      isOthers: heldByAny(others, place),
    });
    const { row, more } = picked;
    // Nothing is put in the trash that does not hold what was sent.
    const other = save.wanted === 'row' || picked.isOtherAsSent ? picked.other : null;
    // By which of several requests it was made, nobody knows.
    const part = await pageParts.first(save);
    const mayHoldPart = createRow(sent, place, part).parts !== undefined;
    const found = ({ madeAt: at, ...one }: PickedRow): ClaimEvent => ({
      type: 'found',
      at: clock(),
      row: one,
      asOf,
      // The browser may have sent it twice before all was lost; of others that are there, it is to be said at once.
      ...doubtOf(at, more > 0 ? null : asOf),
      ...remainderOf(createRow(sent, place)),
      ...(mayHoldPart ? { parts: 'perhaps-one' } : {}),
    });
    if (row) return found(row);
    const alike = others.filter((other) => other.row && areAlike(other.capture, sent));
    const taken = Math.max(0, ...alike.map((other) => other.lookedAt ?? 0));
    const absent: ClaimEvent = { type: 'absent', at: clock(), asOf, since: taken, jitter: random.fraction() };
    return other && step(save, absent).state !== 'checking' ? found(other) : absent;
  }

  return { create, 'look-up': lookUp };
}
