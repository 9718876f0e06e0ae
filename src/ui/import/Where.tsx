import type { Property } from '../../core/database/destination.ts';
import { FLAGS, type Flag, type FlagPlace } from '../../core/library/places.ts';
import { completeTags } from '../../core/tags/complete.ts';
import type { MessageKey } from '../../core/text.ts';
import { TagField, tagHint } from '../components/TagField.tsx';
import type { Model } from './model.ts';

const FLAG_NAMES: Record<Flag, MessageKey> = {
  unread: 'import_unread',
  archived: 'import_archived',
  favourite: 'import_favourite',
};

/** The choice of a database that does not exist yet; no id of Notion's looks like that. */
const NEW = 'new';

/** Which database it goes into, and where in it each kind of thing. */
export function Where({ model }: { model: Model }) {
  const { client, databases, destinationId, destination, places, setPlaces, outlook, tags, typedTag } = model;
  const { newPlaces, newPlaceId, newName } = model;
  const { text } = client;
  const to = places.value;
  const properties = destination.value?.properties ?? [];
  if (!to) return null;
  const of = (...types: string[]) => properties.filter(({ type }) => types.includes(type));
  const select = (
    id: string,
    label: string,
    value: string,
    choices: [string, string][],
    set: (value: string) => void,
  ) => (
    <div class="row">
      <label for={id}>{label}</label>
      <select id={id} class="field" value={value} onChange={(event) => set(event.currentTarget.value)}>
        {choices.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
  const nowhere: [string, string] = ['', text('import_nowhere')];
  const folder = to.folder === null ? '' : to.folder.as === 'property' ? to.folder.id : to.folder.as;
  return (
    <div class="where">
      {select(
        'database',
        text('field_database'),
        destinationId.value ?? NEW,
        [
          ...(newPlaces.value.length > 0 ? [[NEW, text('import_new_database')] as [string, string]] : []),
          ...databases.value.map(({ id, label }): [string, string] => [id, label]),
        ],
        (id) => void model.choose(id === NEW ? null : id),
      )}
      {destinationId.value === null ? (
        <>
          <div class="row">
            <label for="new-name">{text('import_new_name')}</label>
            <div>
              <input
                id="new-name"
                class="field"
                dir="auto"
                value={newName.value}
                aria-describedby="new-why"
                onInput={(event) => {
                  newName.value = event.currentTarget.value;
                }}
              />
              <p id="new-why" class="hint">
                {text('import_new_why')}
              </p>
            </div>
          </div>
          {select(
            'new-place',
            text('import_new_place'),
            newPlaceId.value ?? '',
            newPlaces.value.map(({ id, label }): [string, string] => [id, label]),
            (id) => {
              newPlaceId.value = id;
            },
          )}
        </>
      ) : null}
      {outlook.value && outlook.value.dated > 0
        ? select(
            'created',
            text('import_date'),
            to.created ?? '',
            [nowhere, ...of('date').map(({ id, name }): [string, string] => [id, name])],
            (id) => setPlaces({ created: id || null }),
          )
        : null}
      {outlook.value && outlook.value.folders > 0
        ? select(
            'folder',
            text('import_folder'),
            folder,
            [
              nowhere,
              ['names', text('import_folder_names')],
              ['last', text('import_folder_last')],
              ...of('select', 'multi_select', 'rich_text')
                .filter(
                  ({ id }) =>
                    id !== destination.value?.mapping.tags && id !== destination.value?.mapping.description,
                )
                .map(({ id, name }): [string, string] => [id, name]),
            ],
            (value) =>
              setPlaces({
                folder:
                  value === ''
                    ? null
                    : value === 'names' || value === 'last'
                      ? { as: value }
                      : { as: 'property', id: value },
              }),
          )
        : null}
      {FLAGS.filter((flag) => (outlook.value?.flags[flag] ?? 0) > 0).map((flag) => {
        const choices = flagChoices(properties);
        const key = keyOf(to[flag]);
        return (
          <div key={flag}>
            {select(
              flag,
              text(FLAG_NAMES[flag]),
              key,
              [nowhere, ...choices.map(([place, name]): [string, string] => [keyOf(place), name])],
              (value) =>
                setPlaces({ [flag]: choices.find(([place]) => keyOf(place) === value)?.[0] ?? null }),
            )}
          </div>
        );
      })}
      <div class="row">
        <label for="tags" id="tags-label">
          {text('import_tags')}
        </label>
        <TagField
          id="tags"
          tags={tags}
          typed={typedTag}
          options={properties.find(({ id }) => id === destination.value?.mapping.tags)?.options ?? []}
          complete={completeTags}
          labelId="tags-label"
          hint={tagHint(client, tags.value, destination.value)}
          text={text}
        />
      </div>
    </div>
  );
}

const keyOf = (place: FlagPlace): string => (place === null ? '' : `${place.id} ${place.option ?? ''}`);

/** A checkbox, or an option of a status or select, for each way to say that an entry is of a kind. */
const flagChoices = (properties: readonly Property[]): [NonNullable<FlagPlace>, string][] =>
  properties.flatMap(({ id, name, type, options = [] }): [NonNullable<FlagPlace>, string][] => {
    if (type === 'checkbox') return [[{ id, option: null }, name]];
    if (type !== 'status' && type !== 'select') return [];
    return options.map((option) => [{ id, option: option.name }, `${name}: ${option.name}`]);
  });
