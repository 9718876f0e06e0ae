/** The one-line grammar, with the names of this user's databases, presets, tags and statuses. */
import type { Capture } from '../../core/capture/capture.ts';
import { choiceProperty, chosenOption } from '../../core/database/choice.ts';
import type { Destination } from '../../core/database/destination.ts';
import { parseLine } from '../../core/line/parse.ts';
import { type LineProblem, resolveLine } from '../../core/line/resolve.ts';
import type { Preset } from '../../core/settings/presets.ts';
import { addTags } from '../../core/tags/rules.ts';
import type { ReadLineNames } from './line-names.ts';

/** What a line means: where to save, by what, and what to add. */
export type LineMeaning = {
  destinationId: string | null;
  destination: Destination | null;
  /** What the database is called. */
  place: string;
  preset: Preset | null;
  tags: string[];
  status: string | null;
  note: string;
  /** Names that could not be taken; they are in the note. */
  problems: LineProblem[];
};

export type Lines = ReturnType<typeof createLines>;

export function createLines(namesFor: ReadLineNames) {
  /** @param otherwise the data source that is saved to when the line names none */
  return async function read(line: string, otherwise: string | null): Promise<LineMeaning> {
    const parsed = parseLine(line);
    const { known, presets, destinationId, destination } = await namesFor(parsed, otherwise);
    const meant = resolveLine(parsed, known);
    const preset = presets.find(({ id }) => id === meant.preset?.id) ?? null;
    const place = known.databases.find(({ id }) => id === destinationId)?.title ?? '';
    const { tags, status, note, problems } = meant;
    return { destinationId, destination, place, preset, tags, status, note, problems };
  };
}

/** A capture with what a line adds to it; its note takes the place of what the page says of itself. */
export function withLine(capture: Capture, { destination, tags, status, note }: LineMeaning): Capture {
  const property = destination ? choiceProperty(destination) : undefined;
  const values = (capture.values ?? []).filter(({ id }) => status === null || id !== property?.id);
  return {
    ...capture,
    tags: addTags(capture.tags, tags, []),
    description: note === '' ? capture.description : note,
    values: property && status !== null ? [...values, chosenOption(property, status)] : values,
  };
}
