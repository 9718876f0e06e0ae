import { matchOption, splitTags, tagProblem } from '../tags/rules.ts';
import type { ParsedLine, Part, SignKind } from './line.ts';
import { type Match, matchStart, matchWhole } from './match.ts';
import { noteOf } from './note.ts';

/** What there is to name. Lists are never changed in place: what is worked out of them is kept. */
export type KnownNames = {
  databases: readonly { id: string; title: string }[];
  presets: readonly { id: string; name: string }[];
  /** Of the database that the row goes to. */
  tagOptions: readonly string[];
  /** Of the database that the row goes to; none when it has no status. */
  statusOptions: readonly string[];
};

/** A name that could not be taken; what was typed is in the note. */
export type LineProblem = {
  kind: SignKind;
  /** The name, without sign and quotation marks. */
  typed: string;
  /**
   * `unknown`: there is none of this name. `ambiguous`: several begin like this, or are called so. `double`: there is one,
   * but another one behind it counts. `refused`: a new tag that Notion would not take: too long, or only commas.
   */
  reason: 'unknown' | 'ambiguous' | 'double' | 'refused';
  /** Where it stands in the text. */
  start: number;
  end: number;
};

export type ResolvedLine = {
  /** In the spelling of the database; those it does not have as typed, to be made. Without doubles. */
  tags: string[];
  database: { id: string; title: string } | null;
  status: string | null;
  preset: { id: string; name: string } | null;
  note: string;
  /** In the order of the line. */
  problems: LineProblem[];
};

const problemOf = (
  { start, end, value }: Part,
  kind: SignKind,
  reason: LineProblem['reason'],
): LineProblem => ({
  kind,
  typed: value,
  reason,
  start,
  end,
});

type Choice = { at: number | null; part: Part | null; problems: LineProblem[] };

/** The last one that is known; a name that is not does not take the place of one that is. */
function chooseLast(parts: readonly Part[], kind: SignKind, names: readonly string[]): Choice {
  const choice: Choice = { at: null, part: null, problems: [] };
  for (const part of parts.filter((other) => other.kind === kind).reverse()) {
    const found: Match = matchStart(part.value, names);
    if (typeof found === 'string') choice.problems.push(problemOf(part, kind, found));
    else if (choice.part !== null) choice.problems.push(problemOf(part, kind, 'double'));
    else {
      choice.at = found;
      choice.part = part;
    }
  }
  return choice;
}

/** The tags that a name stands for: an option, or new ones, as many as the tag field would make of it. */
function tagsOf(name: string, options: readonly string[]): string[] {
  const whole = matchWhole(name, options);
  if (whole !== null) return options.slice(whole, whole + 1);
  return splitTags(name).map((one) => options[matchWhole(one, options) ?? -1] ?? one);
}

/**
 * What the names of a line mean here.
 *
 * Databases, statuses and presets are found without regard to case, accents, separators (`in-progress`), signs within
 * words, and emoji before the name, or by a start that only one has. Of several, the last one that is known counts, so that
 * a mention (`@work ask @bob`) does not undo a choice. Tags are found in the same ways but not by their start, as `go` may
 * well be a new tag beside `Google`. What cannot be taken stays in its place in the note, as typed, and is a problem.
 *
 * Tags and statuses belong to a database: where the line names one, resolve it once to know it, and again with its options.
 */
export function resolveLine(line: ParsedLine, known: KnownNames): ResolvedLine {
  const { parts, text } = line;
  const titles = known.databases.map(({ title }) => title);
  const presetNames = known.presets.map(({ name }) => name);
  const database = chooseLast(parts, 'database', titles);
  const status = chooseLast(parts, 'status', known.statusOptions);
  const preset = chooseLast(parts, 'preset', presetNames);
  const problems = [...database.problems, ...status.problems, ...preset.problems];
  const takenOut = new Set<Part | null>([database.part, status.part, preset.part]);
  const tags: string[] = [];
  for (const part of parts.filter(({ kind }) => kind === 'tag')) {
    const names = tagsOf(part.value, known.tagOptions);
    const canBeMade = (name: string) => known.tagOptions.includes(name) || tagProblem(name) === null;
    if (names.length === 0 || !names.every(canBeMade)) {
      problems.push(problemOf(part, 'tag', 'refused'));
      continue;
    }
    takenOut.add(part);
    for (const name of names) if (matchOption(name, tags) === null) tags.push(name);
  }
  return {
    tags,
    database: known.databases[database.at ?? -1] ?? null,
    status: known.statusOptions[status.at ?? -1] ?? null,
    preset: known.presets[preset.at ?? -1] ?? null,
    note: noteOf(text, parts, (part) => takenOut.has(part)),
    problems: problems.sort((a, b) => a.start - b.start),
  };
}
