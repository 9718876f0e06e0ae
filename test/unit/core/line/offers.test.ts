import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Option } from '../../../../src/core/database/destination.ts';
import { complete, completionAt } from '../../../../src/core/line/complete.ts';
import { type NamesToOffer, offerNames } from '../../../../src/core/line/offers.ts';
import { parseLine } from '../../../../src/core/line/parse.ts';
import { resolveLine } from '../../../../src/core/line/resolve.ts';
import { optionKey } from '../../../../src/core/tags/rules.ts';

const optionsOf = (...names: string[]): Option[] =>
  names.map((name, at) => ({ id: `${at}`, name, color: at % 2 ? 'blue' : 'red' }));

const NAMES: NamesToOffer = {
  databases: [
    { id: 'work', title: 'Work' },
    { id: 'reading', title: 'Reading list' },
    { id: 'reading2', title: 'Reading list (Team)' },
  ],
  presets: [
    { id: 'e', name: 'Evening' },
    { id: 'r', name: 'To read' },
  ],
  tagOptions: optionsOf('history', 'research', 'art', 'Java', 'JavaScript'),
  statusOptions: optionsOf('To read', 'In progress', 'Read'),
};

/** What is offered for a text with the caret at its end: the names, the likeliest in brackets. */
function offered(text: string, names = NAMES, chosen: string[] = []): string[] {
  const typing = completionAt(text, text.length);
  if (!typing) throw new Error('nothing is being typed');
  const { offers, likeliest } = offerNames(typing, names, { chosen });
  return offers.map(({ name, id }, at) => {
    const shown = id === null ? `+${name}` : name;
    return at === likeliest ? `[${shown}]` : shown;
  });
}

describe('names are offered', () => {
  it.each([
    ['#re', ['[research]', '+re']],
    ['#', ['history', 'research', 'art', 'Java', 'JavaScript']],
    // Fits, but a new tag is likelier meant.
    ['#rt', ['art', 'JavaScript', '[+rt]']],
    ['#java', ['Java', 'JavaScript']],
    ['#javas', ['[JavaScript]', 'Java', '+javas']],
    ['#zebra', []],
    ['#"his', ['[history]', '+his']],
    ['@read', ['[Reading list]', 'Reading list (Team)']],
    ['@team', ['[Reading list (Team)]']],
    ['@"reading list', ['Reading list', 'Reading list (Team)']],
    ['@', ['Work', 'Reading list', 'Reading list (Team)']],
    ['@nothing', []],
    ['!in-p', ['[In progress]']],
    ['!read', ['Read', 'To read']],
    ['>ev', ['[Evening]']],
    ['>', ['Evening', 'To read']],
  ])('for %s', (text, expected) => {
    expect(offered(text)).toEqual(expected);
  });

  it('not again when they are chosen, nor where there is no place for them', () => {
    expect(offered('#re', NAMES, ['Research'])).toEqual([]);
    expect(offered('#java', NAMES, ['java'])).toEqual(['JavaScript']);
    expect(offered('#re', { ...NAMES, tagOptions: null })).toEqual([]);
    expect(offered('!', { ...NAMES, statusOptions: [] })).toEqual([]);
  });

  it('by how likely they are, where they fit equally well', () => {
    const likelihoods = new Map([[optionKey('JavaScript'), 0.9]]);
    const { offers } = offerNames({ kind: 'tag', typed: 'ja' }, NAMES, { likelihoods, limit: 1 });
    expect(offers.map(({ name }) => name)).toEqual(['JavaScript', 'ja']);
  });

  it('no more of them than asked for', () => {
    const tagOptions = optionsOf(...Array.from({ length: 40 }, (_, at) => `tag ${at}`));
    expect(
      offerNames({ kind: 'tag', typed: '' }, { ...NAMES, tagOptions }, { limit: 3 }).offers,
    ).toHaveLength(3);
  });
});

it('what is chosen of an offer is what the line then means', () => {
  const sign = fc.constantFrom('#', '@', '!', '>');
  const typed = fc.constantFrom('', 're', 'read', 'ja', 'in', 'e', 'o', 'his', 'x');
  const words = fc.constantFrom('', 'worth a look ', '#art ', 'a,b ');
  fc.assert(
    fc.property(words, sign, typed, fc.constantFrom('', '"'), fc.nat(8), (before, kind, name, quote, at) => {
      const text = `${before}${kind}${quote}${name}`;
      const typing = completionAt(text, text.length);
      const { offers } = typing ? offerNames(typing, NAMES) : { offers: [] };
      const offer = offers[at % (offers.length || 1)];
      if (!typing || !offer) return;
      const meant = resolveLine(parseLine(complete(text, typing, offer.name).text), {
        databases: NAMES.databases,
        presets: NAMES.presets,
        tagOptions: (NAMES.tagOptions ?? []).map((one) => one.name),
        statusOptions: NAMES.statusOptions.map((one) => one.name),
      });
      expect(meant.problems).toEqual([]);
      const taken = [...meant.tags, meant.database?.title, meant.status, meant.preset?.name];
      expect(taken).toContain(offer.name);
    }),
  );
});
