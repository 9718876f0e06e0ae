/**
 * Proposing tags, for one database: what was saved in it is learned and forgotten, row by row, and of its options those are proposed
 * that its user would choose. All of it is on this device; nothing here knows of another database, nor of the time of day.
 */
import type { Likelihoods } from '../likelihoods.ts';
import { optionKey } from '../rules.ts';
import { type PackedRows, type TaggedRow, TagMemory } from './memory.ts';
import type { NamedOption } from './prepare.ts';
import { type Candidate, candidatesFor, type Reason } from './propose.ts';
import { readPage, type Subject } from './read.ts';
import { corrected, SHIPPED, type Weights } from './weights.ts';

/** Shown only from this confidence on: then about two in three are right. */
const SHOWN_FROM = 0.25;
const MOST_SHOWN = 5;

export type Suggestion = { name: string; confidence: number; reasons: readonly Reason[] };

/** What is kept of one database. */
export type Learned = { rows: PackedRows; weights: Weights };

export class Suggester {
  readonly #memory: TagMemory;
  #weights: Weights;

  constructor(learned?: Learned) {
    this.#memory = new TagMemory(learned?.rows);
    this.#weights = learned?.weights ?? SHIPPED;
  }

  /** A row as it is now, as often as it changes and in whatever order rows come; one without tags is forgotten. */
  learn(row: TaggedRow): void {
    this.#memory.learn(row);
  }

  /** Nothing of that row is left. */
  forget(id: string): void {
    this.#memory.forget(id);
  }

  /** The user has chosen these for a page: how much each kind of evidence counts is corrected. Before that row is learned. */
  teach(page: Subject, chosen: readonly string[], options: readonly NamedOption[]): void {
    if (chosen.length === 0) return;
    const keys = new Set(chosen.map(optionKey));
    const shown = this.candidates(page, [], options).map(({ name, confidence, inputs }) => ({
      ...{ confidence, inputs, isChosen: keys.has(optionKey(name)) },
    }));
    this.#weights = corrected(this.#weights, shown);
  }

  /** All options that may be meant, the likeliest first: they order what is offered while somebody types. */
  candidates(page: Subject, chosen: readonly string[], options: readonly NamedOption[]): Candidate[] {
    const asked = { packed: this.#memory.pack(), weights: this.#weights, options, chosen };
    return candidatesFor({ ...asked, page: readPage(page) });
  }

  /** How likely each option is, which orders what is offered. */
  likelihoods(page: Subject, chosen: readonly string[], options: readonly NamedOption[]): Likelihoods {
    const found = this.candidates(page, chosen, options);
    return new Map(found.map(({ name, confidence }) => [optionKey(name), confidence]));
  }

  /**
   * What is shown: at most five, and nothing where nothing is likely.
   * @param options of the database, in its order; nothing else is proposed
   * @param chosen already
   */
  propose(page: Subject, chosen: readonly string[], options: readonly NamedOption[]): Suggestion[] {
    return this.candidates(page, chosen, options)
      .filter(({ confidence }) => confidence >= SHOWN_FROM)
      .slice(0, MOST_SHOWN)
      .map(({ name, confidence, reasons }) => ({ name, confidence, reasons }));
  }

  /** Of the rows, the latest ones stay. */
  keepLatest(count: number): void {
    this.#memory.keepLatest(count);
  }

  learned(): Learned {
    return { rows: this.#memory.pack(), weights: this.#weights };
  }
}
