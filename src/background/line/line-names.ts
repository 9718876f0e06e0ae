/** The names that a line can hold, as this user has them. */

import { choiceProperty } from '../../core/database/choice.ts';
import {
  type CatalogEntry,
  type Destination,
  type Option,
  type Property,
  tagsProperty,
} from '../../core/database/destination.ts';
import { labelText } from '../../core/database/labels.ts';
import type { ParsedLine } from '../../core/line/line.ts';
import { type KnownNames, resolveLine } from '../../core/line/resolve.ts';
import type { Preset } from '../../core/settings/presets.ts';
import type { Ports } from '../../ports.ts';
import { knownDestination } from '../databases/known-destination.ts';
import { databaseLabels } from '../databases/labels.ts';
import type { Records } from '../store/records.ts';

/** What there is to name, and where a line would be saved to. */
export type LineNames = {
  known: KnownNames;
  presets: readonly Preset[];
  entries: readonly CatalogEntry[];
  destinationId: string | null;
  destination: Destination | null;
  tagOptions: readonly Option[];
  /** What `!` sets. */
  choice: Property | undefined;
};

export type ReadLineNames = ReturnType<typeof createLineNames>;

export function createLineNames({ text }: Pick<Ports, 'text'>, records: Records) {
  /** @param otherwise the data source that is saved to when the line names none */
  return async function read(line: ParsedLine, otherwise: string | null): Promise<LineNames> {
    const [labels, catalog, stored] = await Promise.all([
      databaseLabels({ text }, records),
      records.get('catalog'),
      records.get('presets'),
    ]);
    const databases = [...labels].map(([id, label]) => ({ id, title: labelText(label) }));
    const presets = stored?.presets ?? [];
    const named = resolveLine(line, { databases, presets, tagOptions: [], statusOptions: [] });
    const preset = presets.find(({ id }) => id === named.preset?.id);
    const destinationId = named.database?.id ?? preset?.destinationId ?? otherwise;
    const destination = destinationId === null ? null : await knownDestination(records, destinationId);
    const tagOptions = (destination && tagsProperty(destination)?.options) ?? [];
    const choice = destination ? choiceProperty(destination) : undefined;
    const namesOf = (options: readonly Option[] = []) => options.map(({ name }) => name);
    const known: KnownNames = {
      databases,
      presets,
      tagOptions: namesOf(tagOptions),
      statusOptions: namesOf(choice?.options),
    };
    const entries = catalog?.entries ?? [];
    return { known, presets, entries, destinationId, destination, tagOptions, choice };
  };
}
