/** Sending a row as it fits the schema of the moment. */
import type { Destination } from '../../core/database/destination.ts';
import type { Verdict } from '../../core/notion/judge.ts';
import { PageReply } from '../../core/notion/replies.ts';
import type { NotionRequest } from '../../core/notion/request.ts';
import type { RowRequest } from '../../core/notion/row.ts';
import { isSame } from '../../core/same.ts';
import type { Remainder } from '../../core/save/events.ts';
import type { Attempt } from './attempt.ts';

/**
 * Sends a row; should Notion refuse a value, once more as it fits the schema of the moment.
 * @param lesser what is sent when that is refused as well, or is the same; one after the other, until one is taken
 * @returns `hadNoEffect`: nothing that was sent can have been done
 */
export type SendRow = (
  destination: Destination,
  requestFor: (destination: Destination) => RowRequest,
  lesser?: readonly ((destination: Destination) => RowRequest)[],
) => Promise<{
  verdict: Verdict<PageReply>;
  left: Remainder & { request?: NotionRequest };
  hadNoEffect: boolean;
}>;

export function createSendRow({ notion, schemas }: Pick<Attempt, 'notion' | 'schemas'>): SendRow {
  return async function sendRow(destination, requestFor, lesser = []) {
    let hadNoEffect = true;
    const { id, botId } = destination;
    const sent = async (left: RowRequest) => {
      const verdict = await notion.send(botId, left.request, PageReply);
      if (verdict.kind !== 'refused' || verdict.mayHaveHappened) hadNoEffect = false;
      return { verdict, left, hadNoEffect };
    };
    const isRefused = ({ verdict }: { verdict: Verdict<PageReply> }) =>
      verdict.kind === 'refused' && verdict.failure.code === 'values-refused';
    const first = await sent(requestFor(destination));
    if (!isRefused(first)) return first;
    const fresh = await schemas.reread(id, botId);
    if (!fresh.ok) return { verdict: { kind: 'refused', failure: fresh.failure }, left: {}, hadNoEffect };
    const fitting = requestFor(fresh.value);
    let last = lesser.length > 0 && isSame(fitting.request, first.left.request) ? first : await sent(fitting);
    for (const lesserFor of lesser) if (isRefused(last)) last = await sent(lesserFor(fresh.value));
    return last;
  };
}
