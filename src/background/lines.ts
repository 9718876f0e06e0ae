/** The one-line grammar, with the names of this user's databases, presets, tags and statuses. */
import type { Capture } from '../core/capture/capture.ts';
import { parseLine } from '../core/line/parse.ts';
import { type LineProblem, resolveLine } from '../core/line/resolve.ts';
import type { Destination } from '../core/notion/destination.ts';
import { labelText } from '../core/notion/labels.ts';
import type { Preset } from '../core/settings/presets.ts';
import { addTags } from '../core/tags/rules.ts';
import type { Ports } from '../ports.ts';
import { databaseLabels } from './database-labels.ts';
import type { Records } from './records.ts';

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

export function createLines({ text }: Pick<Ports, 'text'>, records: Records) {
  /** @param otherwise the data source that is saved to when the line names none */
  return async function read(line: string, otherwise: string | null): Promise<LineMeaning> {
    const [labels, stored] = await Promise.all([databaseLabels({ text }, records), records.get('presets')]);
    const databases = [...labels].map(([id, label]) => ({ id, title: labelText(label) }));
    const presets = stored?.presets ?? [];
    const parsed = parseLine(line);
    const named = resolveLine(parsed, { databases, presets, tagOptions: [], statusOptions: [] });
    const preset = presets.find(({ id }) => id === named.preset?.id) ?? null;
    const destinationId = named.database?.id ?? preset?.destinationId ?? otherwise;
    const destination = destinationId === null ? null : await records.getOne('destination', destinationId);
    const namesOf = (property: { options?: { name: string }[] | undefined } | undefined) =>
      property?.options?.map(({ name }) => name) ?? [];
    const { tags, status, note, problems } = resolveLine(parsed, {
      databases,
      presets,
      tagOptions: namesOf(destination?.properties.find(({ id }) => id === destination.mapping.tags)),
      statusOptions: namesOf(statusOf(destination)),
    });
    const place = databases.find(({ id }) => id === destinationId)?.title ?? '';
    return { destinationId, destination, place, preset, tags, status, note, problems };
  };
}

const statusOf = (destination: Destination | null) =>
  destination?.properties.find(({ type }) => type === 'status');

/** A capture with what a line adds to it; its note takes the place of what the page says of itself. */
export function withLine(capture: Capture, { destination, tags, status, note }: LineMeaning): Capture {
  const property = statusOf(destination);
  const values = (capture.values ?? []).filter(({ id }) => status === null || id !== property?.id);
  return {
    ...capture,
    tags: addTags(capture.tags, tags.join(','), []),
    description: note === '' ? capture.description : note,
    values:
      property && status !== null
        ? [...values, { id: property.id, name: property.name, value: { kind: 'text', text: status } }]
        : values,
  };
}
