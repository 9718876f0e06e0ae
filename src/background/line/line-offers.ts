/** Names to offer while a line is typed, and the line with each of them. */

import type { Icon } from '../../core/database/destination.ts';
import { recentFirst } from '../../core/database/find-entries.ts';
import { complete, completionAt } from '../../core/line/complete.ts';
import type { SignKind } from '../../core/line/line.ts';
import { type NameOffer, offerNames } from '../../core/line/offers.ts';
import { parseLine } from '../../core/line/parse.ts';
import type { Subject } from '../../core/tags/suggest/read.ts';
import type { Records } from '../store/records.ts';
import type { Learning } from '../tags/learning.ts';
import type { ReadLineNames } from './line-names.ts';

/** What is saved with the line. */
export type Saving = {
  /** Empty where it is not known. */
  page: Subject;
  /** Those it has already. */
  tags: readonly string[];
  /** The data source that is saved to when the line names none. */
  destinationId: string | null;
  /** So many names, not counting a new tag. */
  limit: number;
};

export type LineOffer = NameOffer & {
  icon: Icon;
  /** The line with the name in place of what was typed, and where the caret goes, as a UTF-16 offset. */
  completed: { text: string; caret: number };
};

/** `kind` is null where no name is being typed; `likeliest` is the index of the one that Enter takes unasked, or -1. */
export type LineOffered = { kind: SignKind | null; offers: LineOffer[]; likeliest: number };

export type LineOffering = ReturnType<typeof createLineOffers>;

export function createLineOffers(
  records: Records,
  namesFor: ReadLineNames,
  learning: Pick<Learning, 'likelihoods'>,
) {
  /** @param caret where it is typed, as a UTF-16 offset */
  return async function offer(
    line: string,
    caret: number,
    { page, tags, destinationId: otherwise, limit }: Saving,
  ): Promise<LineOffered> {
    const typing = completionAt(line, caret);
    if (!typing) return { kind: null, offers: [], likeliest: -1 };
    const others = parseLine(`${line.slice(0, typing.start)} ${line.slice(typing.end)}`);
    const [names, settings] = await Promise.all([namesFor(others, otherwise), records.get('settings')]);
    const { known, presets, entries, destination, destinationId, tagOptions, choice } = names;
    const chosen = [...tags, ...others.tags];
    const titleOf = new Map(known.databases.map(({ id, title }) => [id, title]));
    const likelihoods =
      destinationId === null ? undefined : await learning.likelihoods(destinationId, page, chosen);
    const found = offerNames(
      typing,
      {
        databases: recentFirst(entries, settings?.recent).map(({ id }) => ({
          id,
          title: titleOf.get(id) ?? '',
        })),
        presets: presets.filter((one) => entries.some(({ id }) => id === one.destinationId)),
        tagOptions: destination?.mapping.tags == null ? null : tagOptions,
        statusOptions: choice?.options ?? [],
      },
      { chosen, likelihoods, limit },
    );
    const iconOf = ({ kind, id }: NameOffer): Icon =>
      kind === 'database' ? (entries.find((entry) => entry.id === id)?.icon ?? null) : null;
    const offers = found.offers.map((one) => ({
      ...one,
      icon: iconOf(one),
      completed: complete(line, typing, one.name),
    }));
    return { kind: typing.kind, offers, likeliest: found.likeliest };
  };
}
