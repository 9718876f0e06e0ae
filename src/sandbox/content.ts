/** Databases and rows as the user makes them in the app, without the rules that hold for connections. */

import { rememberUploads } from './hosted-files.ts';
import { uuid } from './ids.ts';
import type { Color, Database, DataSource, Media, Page, Parent, Property, Template } from './model.ts';
import { addDatabase, addDataSource, addPage } from './new-objects.ts';
import { fromPlain, type PlainValue } from './plain-values.ts';
import { text } from './rules/rich-text.ts';
import { newProperty } from './rules/schema.ts';
import { findProperty, type World } from './state.ts';
import { firstWorkspace } from './workspaces.ts';

export interface PropertyPlan {
  name: string;
  type: string;
  /** Names, or names with colours. New statuses join the first group unless one is given. */
  options?: readonly (string | OptionPlan)[] | undefined;
  /** The type's settings in Notion's shape. */
  settings?: Record<string, unknown> | undefined;
}

export interface OptionPlan {
  name: string;
  color?: Color | undefined;
  /** Of a status: the name of its group. */
  group?: string | undefined;
}

export interface DataSourcePlan {
  /** The database's title when left out. */
  name?: string | undefined;
  properties: readonly PropertyPlan[];
  rows?: readonly RowPlan[] | undefined;
  templates?: readonly TemplatePlan[] | undefined;
}

/** Left out, its words are one paragraph that names it. */
export type TemplatePlan = Pick<Template, 'name' | 'isDefault'> & { words?: readonly string[] | undefined };

export type RowPlan = Record<string, PlainValue>;

export interface DatabasePlan {
  title: string;
  /** An emoji, or the address of a picture anywhere. */
  icon?: string | undefined;
  description?: string | undefined;
  /** Left out: at the top of the first workspace. */
  parent?: Parent | undefined;
  sources: readonly DataSourcePlan[];
}

const iconOf = (icon: string): Media =>
  URL.canParse(icon) ? { type: 'external', external: { url: icon } } : { type: 'emoji', emoji: icon };

export function makeDatabase(world: World, by: string, plan: DatabasePlan): Database {
  const database = addDatabase(world, by, {
    title: text(plan.title),
    description: text(plan.description ?? ''),
    parent: plan.parent ?? { type: 'workspace', id: firstWorkspace(world.state).id },
    icon: plan.icon === undefined ? null : iconOf(plan.icon),
    cover: null,
    isInline: false,
  });
  for (const sourcePlan of plan.sources) {
    const properties = sourcePlan.properties.map((property) => makeProperty(world, property));
    const source = addDataSource(world, database, text(sourcePlan.name ?? plan.title), properties);
    source.templates = (sourcePlan.templates ?? []).map((template) => ({
      id: uuid(world.random),
      ...template,
      words: template.words ?? [`From the template ${template.name}`],
    }));
    for (const row of sourcePlan.rows ?? []) makeRow(world, by, source, row);
  }
  return database;
}

export function makeProperty({ random }: World, plan: PropertyPlan): Property {
  const property = newProperty(random, plan.name, plan.type, plan.settings ?? {});
  if (!plan.options) return property;
  const options = plan.options.map(
    (option): OptionPlan => (typeof option === 'string' ? { name: option } : option),
  );
  property.options = options.map(({ name, color }) => ({
    id: uuid(random),
    name,
    color: color ?? 'default',
    description: null,
  }));
  property.groups = property.groups.map((group, index) => ({
    ...group,
    optionIds: property.options
      .filter((_, position) => {
        const wanted = options[position]?.group;
        return wanted === undefined ? index === 0 : wanted === group.name;
      })
      .map(({ id }) => id),
  }));
  return property;
}

/** Values by property name; what the plan does not name stays empty. */
export function makeRow(world: World, by: string, source: DataSource, plan: RowPlan): Page {
  const values = new Map(
    Object.entries(plan).map(([name, plain]) => {
      const property = findProperty(source, name);
      if (!property) throw new Error(`No property ${name}`);
      const value = fromPlain(property, plain, world.random);
      if (property.type === 'files') rememberUploads(world.state, value);
      return [property.id, value];
    }),
  );
  return addPage(world, by, { parent: { type: 'data_source_id', id: source.id }, values });
}
