/** What to offer for a name that is being typed in a line. */
import type { Option } from '../database/destination.ts';
import { findEntries } from '../database/find-entries.ts';
import { completeTags } from '../tags/complete.ts';
import type { Likelihoods } from '../tags/likelihoods.ts';
import { matchOption, tagProblem } from '../tags/rules.ts';
import type { LineCompletion } from './complete.ts';
import type { SignKind } from './line.ts';
import { matchStart } from './match.ts';

/** What there is to offer. Lists are never changed in place: what is worked out of them is kept. */
export type NamesToOffer = {
  /** By what they are called, each differently; those that are likelier meant first. */
  databases: readonly { id: string; title: string }[];
  presets: readonly { id: string; name: string }[];
  /** Of the database that the row goes to; null when it has no tags. */
  tagOptions: readonly Option[] | null;
  /** Of the database that the row goes to; none when it has no status and no select. */
  statusOptions: readonly Option[];
};

export type NameOffer = {
  kind: SignKind;
  /** Of the database, the preset or the option; null for a tag that would have to be made. */
  id: string | null;
  name: string;
  /** Of options. */
  color: string | null;
};

export type NameOffers = {
  offers: NameOffer[];
  /** Index of the one that Enter takes unasked; -1 when nothing, or the whole name of one, has been typed. */
  likeliest: number;
};

export const NO_OFFERS: NameOffers = { offers: [], likeliest: -1 };

const optionOffer =
  (kind: SignKind) =>
  ({ id, name, color }: Option): NameOffer => ({ kind, id, name, color });

function offerTags(
  typed: string,
  options: readonly Option[],
  chosen: readonly string[],
  likelihoods: Likelihoods | undefined,
  limit: number,
): NameOffers {
  const found = completeTags(typed, options, chosen, limit, likelihoods);
  const offers = found.options.map(optionOffer('tag'));
  // A new one needs no list: it is made of what is typed anyway.
  if (offers.length === 0) return NO_OFFERS;
  if (found.create === null) return { offers, likeliest: -1 };
  if (tagProblem(found.create) !== null) return { offers, likeliest: 0 };
  const made: NameOffer = { kind: 'tag', id: null, name: found.create, color: null };
  return { offers: [...offers, made], likeliest: found.likely ? 0 : offers.length };
}

const isWhole = (typed: string, offers: readonly NameOffer[]): boolean =>
  matchOption(
    typed,
    offers.map(({ name }) => name),
  ) !== null;

/**
 * The names to offer, the best first: tags as the tag field has them, with the new one last where others fit too; the others
 * as the list of databases has them. None where none fits.
 * @param chosen tags that are taken already and not offered again
 * @param likelihoods orders tags that fit equally well
 * @param limit how many, not counting a new tag
 */
export function offerNames(
  { kind, typed }: Pick<LineCompletion, 'kind' | 'typed'>,
  { databases, presets, tagOptions, statusOptions }: NamesToOffer,
  {
    chosen = [],
    likelihoods,
    limit = 6,
  }: { chosen?: readonly string[]; likelihoods?: Likelihoods | undefined; limit?: number } = {},
): NameOffers {
  if (kind === 'tag')
    return tagOptions ? offerTags(typed, tagOptions, chosen, likelihoods, limit) : NO_OFFERS;
  const all =
    kind === 'status'
      ? statusOptions.map(optionOffer(kind))
      : kind === 'database'
        ? databases.map(({ id, title }) => named(kind, id, title))
        : presets.map(({ id, name }) => named(kind, id, name));
  const offers = fitting(typed, all, limit);
  return { offers, likeliest: offers.length === 0 || typed === '' || isWhole(typed, offers) ? -1 : 0 };
}

/** Those found by what was typed, or else what the line means by it (`in-p`, In progress). */
function fitting(typed: string, all: readonly NameOffer[], limit: number): NameOffer[] {
  const nameOf = ({ name }: NameOffer) => name;
  const found = findEntries(all, typed, nameOf);
  if (found.length > 0) return found.slice(0, limit);
  const meant = matchStart(typed, all.map(nameOf));
  return typeof meant === 'number' ? all.slice(meant, meant + 1) : [];
}

const named = (kind: SignKind, id: string, name: string): NameOffer => ({ kind, id, name, color: null });
