/** What several steps of a save ask alike, and say alike of what came of it. */

import type { Destination } from '../../core/database/destination.ts';
import { type Failure, ok, type Result } from '../../core/failure.ts';
import { meaningOf } from '../../core/meaning.ts';
import { sentContent } from '../../core/notion/holds.ts';
import { certain, type Verdict } from '../../core/notion/judge.ts';
import { PageReply } from '../../core/notion/replies.ts';
import type { NotionRequest } from '../../core/notion/request.ts';
import { getPage, trashPage } from '../../core/notion/requests.ts';
import { firstLook } from '../../core/notion/settle.ts';
import type { ClaimEvent, Doubt, Remainder } from '../../core/save/events.ts';
import type { Save } from '../../core/save/record.ts';
import { sentUnseen } from '../../core/save/standing.ts';
import type { Ports } from '../../ports.ts';
import type { Schemas } from '../databases/schemas.ts';
import type { Notion } from '../notion/client.ts';
import type { Records } from '../store/records.ts';
import type { Saves } from '../store/saves.ts';
import type { PageParts } from './page-parts.ts';
import type { WhyRefused } from './why-refused.ts';

/** So often anything is tried anew that the user has not asked for by itself. */
const MOST_TRIES = 5;

export type Attempt = Pick<Ports, 'clock' | 'random'> & {
  notion: Notion;
  schemas: Schemas;
  saves: Saves;
  records: Records;
  pageParts: PageParts;
  /** The request certainly had no effect, or nothing was asked. */
  refused(why: Failure): ClaimEvent & { type: 'refused' };
  /** The same, by what it is about. @param about `hasValues`: what the user has said was sent along */
  refusedFor(
    save: Save,
    why: Failure,
    about?: { hasValues?: boolean },
  ): Promise<ClaimEvent & { type: 'refused' }>;
  /** The request may have had its effect. */
  unsure(why: Failure): ClaimEvent;
  /** What will pass is waited for, a few times; all else is nothing that a user has to see to, and goes on otherwise. */
  unlessLater(save: Save, why: Failure, otherwise: () => ClaimEvent): Promise<ClaimEvent>;
  /** A question that is only ours is not put to a user who has disconnected the workspace. */
  cannotLook(why: Failure): ClaimEvent;
  /** The authorization that a save goes by now; a new one may have come since it was kept. */
  botOf(save: Save): Promise<string>;
  /** By whom what a save has made was made: that authorization, or the one that it was kept for. */
  botsOf(save: Save): Promise<ReadonlySet<string>>;
  /** Whether what was made may have been made twice. @param at when it was made, by Notion's clock */
  repeatOf(verdict: Verdict<unknown> & { kind: 'done' }, at: number | null): { doubt?: Doubt };
  /** Puts a row into the trash, or finds it there. */
  toTrash(botId: string, rowId: string): Promise<Result<null>>;
};

export function createAttempt({
  clock,
  random,
  notion,
  schemas,
  saves,
  records,
  pageParts,
  whyRefused,
}: Pick<Ports, 'clock' | 'random'> & {
  notion: Notion;
  schemas: Schemas;
  saves: Saves;
  records: Records;
  pageParts: PageParts;
  whyRefused: WhyRefused;
}): Attempt {
  const refused = (why: Failure): ClaimEvent & { type: 'refused' } => ({
    type: 'refused',
    at: clock(),
    failure: why,
    jitter: random.fraction(),
  });

  async function refusedFor(
    save: Save,
    why: Failure,
    { hasValues = false } = {},
  ): Promise<ClaimEvent & { type: 'refused' }> {
    const { destinationId, row } = save;
    const about = { destinationId, botId: await botOf(save), rowId: row?.id ?? null, hasValues };
    return refused(await whyRefused(why, about));
  }

  const unsure = (why: Failure): ClaimEvent => ({
    type: 'unsure',
    at: clock(),
    failure: why,
    jitter: random.fraction(),
  });

  async function botOf(save: Save): Promise<string> {
    const destination = await schemas.get(save.destinationId);
    return destination.ok ? destination.value.botId : save.botId;
  }

  const botsOf = async (save: Save): Promise<ReadonlySet<string>> => new Set([await botOf(save), save.botId]);

  const cannotLook = (why: Failure): ClaimEvent =>
    ['not-connected', 'no-destination', 'database-unknown'].includes(why.code)
      ? { type: 'given-up', at: clock() }
      : refused(why);

  const repeatOf = (verdict: Verdict<unknown> & { kind: 'done' }, at: number | null): { doubt?: Doubt } => {
    const look = firstLook(verdict, clock());
    return look ? doubtOf(at, look.lookedAt) : {};
  };

  async function toTrash(botId: string, rowId: string): Promise<Result<null>> {
    const verdict = certain(await notion.send(botId, trashPage(rowId), PageReply));
    if (verdict.ok) return ok(null);
    if (verdict.failure.code === 'values-refused') {
      // A page that is in the trash already may refuse to be changed.
      const page = certain(await notion.send(botId, getPage(rowId), PageReply));
      if (page.ok && page.value.in_trash) return ok(null);
    }
    return verdict;
  }

  async function unlessLater(save: Save, why: Failure, otherwise: () => ClaimEvent): Promise<ClaimEvent> {
    const isLater = meaningOf(why).hope === 'later' && save.tries < MOST_TRIES;
    return isLater ? refusedFor(save, why) : otherwise();
  }

  return {
    unlessLater,
    clock,
    random,
    notion,
    schemas,
    saves,
    records,
    pageParts,
    refused,
    refusedFor,
    unsure,
    cannotLook,
    botOf,
    botsOf,
    repeatOf,
    toTrash,
  };
}

/** What a request to make a row leaves for later, and with how many blocks it was sent. */
export const remainderOf = ({
  content = [],
  misfits = [],
  parts = 0,
  request,
}: Remainder & { request?: NotionRequest }): Remainder => {
  const { children = [] } = (request?.body ?? {}) as { children?: unknown[] };
  return { content, misfits, parts, before: children.length };
};

/** Where Notion shows nothing of a row but its id, the connection may not read, and nobody can look for another. */
export const doubtOf = (at: number | null, lookedAt: number | null = null): { doubt?: Doubt } =>
  at === null ? {} : { doubt: { madeAt: at, lookedAt } };

/** Rows that are known to be those of these saves, or that a query that lags behind may show though they are gone. */
export const takenBy = (saves: readonly Save[]): Set<string> =>
  new Set(
    saves.flatMap(({ row, repeats: { doubles = [], removed = [] } = {} }) => [
      ...(row ? [row.id] : []),
      ...doubles.map(({ id }) => id),
      ...removed,
    ]),
  );

/** Whether a row holds what one of these saves has sent and does not know. */
export function heldByAny(saves: readonly Save[], place: Destination): (page: PageReply) => boolean {
  const theirs = saves.flatMap((save) => (save.destinationId === place.id ? (sentUnseen(save) ?? []) : []));
  return (page) => theirs.some((their) => sentContent(page, their, place) !== null);
}
