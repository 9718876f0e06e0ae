import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateContract, type SchemaDocument, schemasOf } from '../../../src/sandbox/contract/generate.ts';
import { createBench, type Json, results, saveRow, sourceId, title } from './api-calls.ts';

test('the committed schema is what the installed SDK gives', () => {
  const committed = readFileSync(
    new URL('../../../src/sandbox/contract/notion.schema.json', import.meta.url),
    'utf8',
  );
  // Not `toBe`: a difference of 100 kB helps nobody.
  expect(generateContract() === committed, 'run `npx tsx src/sandbox/contract/generate.ts`').toBe(true);
}, 60_000);

describe('answers have the types the SDK promises', () => {
  const types = [
    'DataSourceObjectResponse',
    'DatabaseObjectResponse',
    'ListBlockChildrenResponse',
    'ListUsersResponse',
    'OauthTokenResponse',
    'PageObjectResponse',
    'QueryDataSourceResponse',
    'SearchResponse',
    'UserObjectResponse',
  ];
  let schemas: SchemaDocument;
  beforeAll(() => {
    schemas = schemasOf(types, true);
  }, 60_000);

  // The SDK's types of this version do not know every property type, so the unheard-of ones are taken out first.
  const bench = createBench({ share: ['Reading list', 'Contacts', 'Bookmarks home'] });
  bench.control.removeProperty('Reading list', 'Mood');
  const old = { 'notion-version': '2025-09-03' };

  const expectType = (type: string, value: unknown) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    const validate = ajv.compile({ $ref: `#/definitions/${type}`, definitions: schemas.definitions });
    validate(value);
    expect((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)).toEqual([]);
  };

  test('pages', async () => {
    const { body } = await saveRow(bench, 'Reading list', {
      Name: title('A page'),
      URL: { url: 'https://a.example' },
    });
    const read = await bench.call('GET', `/v1/pages/${String(body.id)}`, undefined, old);
    expectType('PageObjectResponse', read.body);
  });

  test('data sources, databases and queries', async () => {
    const id = sourceId(bench, 'Reading list');
    const source = await bench.call('GET', `/v1/data_sources/${id}`, undefined, old);
    expectType('DataSourceObjectResponse', source.body);
    const parent = source.body.parent as Json;
    const database = await bench.call('GET', `/v1/databases/${String(parent.database_id)}`, undefined, old);
    expectType('DatabaseObjectResponse', database.body);
    expectType(
      'QueryDataSourceResponse',
      (await bench.call('POST', `/v1/data_sources/${id}/query`, {}, old)).body,
    );
  });

  test('search', async () => {
    const reply = await bench.call('POST', '/v1/search', {}, old);
    expect(results(reply).length).toBeGreaterThan(3);
    expectType('SearchResponse', reply.body);
  });

  test('users', async () => {
    expectType('UserObjectResponse', (await bench.call('GET', '/v1/users/me', undefined, old)).body);
    expectType('ListUsersResponse', (await bench.call('GET', '/v1/users', undefined, old)).body);
  });

  test('blocks', async () => {
    const page = await bench.call('POST', '/v1/pages', {
      children: [{ to_do: { rich_text: [{ text: { content: 'Read on' } }], checked: false } }],
    });
    const path = `/v1/blocks/${String(page.body.id)}/children`;
    expectType('ListBlockChildrenResponse', (await bench.call('GET', path, undefined, old)).body);
  });
});
