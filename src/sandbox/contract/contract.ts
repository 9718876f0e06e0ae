import { Ajv, type ValidateFunction } from 'ajv';
import { failedValidation, type Refusal } from '../errors.ts';
import { isUuid } from '../ids.ts';
import type { ApiVersion } from '../model.ts';
import { explain } from './explain.ts';
import type { SchemaNode } from './generate.ts';
import document from './notion.schema.json' with { type: 'json' };

type ContractName = {
  [Name in keyof typeof document.definitions]: Name extends `${string}BodyParameters` ? Name : never;
}[keyof typeof document.definitions];

/** A request body the sandbox knows, by the name its type has in the SDK. */
export type BodyName = ContractName;

/** Databases, data sources, file uploads and OAuth ignore keys they do not know; the other bodies refuse them. */
const lenient: readonly BodyName[] = [
  'CreateDataSourceBodyParameters',
  'CreateDatabaseBodyParameters',
  'CreateFileUploadBodyParameters',
  'OauthIntrospectBodyParameters',
  'OauthRevokeBodyParameters',
  'OauthTokenBodyParameters',
  'UpdateDataSourceBodyParameters',
  'UpdateDatabaseBodyParameters',
];

/** Documented, but missing from the SDK's types. */
const additions: Partial<Record<BodyName, Record<string, SchemaNode>>> = {
  QueryDataSourceBodyParameters: { is_archived: { type: 'boolean' } },
  CreatePageBodyParameters: { markdown_version: { enum: ['v1', 'v2'] } },
};

/** In the SDK's types for the sake of older versions; the latest version refuses them. */
const removedFromLatest: Partial<Record<BodyName, readonly string[]>> = {
  UpdateBlockBodyParameters: ['archived'],
  UpdatePageBodyParameters: ['archived'],
  UpdateDatabaseBodyParameters: ['archived'],
  UpdateDataSourceBodyParameters: ['archived'],
  QueryDataSourceBodyParameters: ['archived'],
  AppendBlockChildrenBodyParameters: ['after'],
};

const compiled = new Map<string, ValidateFunction>();

/** Judges the shape of a body against the SDK's type for it; `undefined` means it fits. */
export function checkShape(name: BodyName, version: ApiVersion, body: unknown): Refusal | undefined {
  const key = `${version}/${name}`;
  let validate = compiled.get(key);
  if (!validate) {
    validate = compile(name, version);
    compiled.set(key, validate);
  }
  return validate(body) ? undefined : failedValidation(explain(validate.errors ?? []));
}

function compile(name: BodyName, version: ApiVersion): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, verbose: true, strict: false, formats: { notionId: isUuid } });
  const definitions: Record<string, SchemaNode> = {
    ...document.definitions,
    IdRequest: { type: 'string', format: 'notionId' },
  };
  return ajv.compile({ ...amended(name, version, definitions[name] ?? {}), definitions });
}

function amended(name: BodyName, version: ApiVersion, schema: SchemaNode): SchemaNode {
  if ('anyOf' in schema) {
    const branches = schema.anyOf as SchemaNode[];
    return { ...schema, anyOf: branches.map((branch) => amended(name, version, branch)) };
  }
  if (!('properties' in schema)) return schema;
  const properties = { ...(schema.properties as Record<string, SchemaNode>), ...additions[name] };
  const removed = version === '2026-03-11' ? (removedFromLatest[name] ?? []) : [];
  const isLenient = lenient.includes(name);
  for (const key of removed) {
    // A body that ignores unknown keys must still refuse one that was taken away.
    if (isLenient) properties[key] = { not: {} };
    else delete properties[key];
  }
  return { ...schema, properties, additionalProperties: isLenient };
}
