import { describe, expect, it } from 'vitest';
import {
  DataSourceReply,
  destinationOf,
  isRowOf,
  PageReply,
  titleOfPage,
} from '../../../../src/core/notion/replies.ts';

const LIST = '1c4b3a52-0000-4000-8000-00000000000a';
const page = (more: object): PageReply => PageReply.parse({ object: 'page', id: 'row', ...more });
const inSource = (id: string) => ({ parent: { type: 'data_source_id', data_source_id: id } });

describe('a page is a row of a database', () => {
  it.each([
    ['in it', inSource(LIST), true],
    ['in it, its id without dashes', inSource(LIST.replaceAll('-', '')), true],
    ['of which Notion does not say where it is', {}, true],
    ['in a database that is named alone', { parent: { type: 'database_id', database_id: LIST } }, true],
    ['in it, and in the trash', { ...inSource(LIST), in_trash: true }, false],
    ['in another one', inSource(LIST.replace('a', 'b')), false],
    ['on a page', { parent: { type: 'page_id', page_id: LIST } }, false],
    ['at the top of the workspace', { parent: { type: 'workspace', workspace: true } }, false],
  ])('%s', (_, reply, is) => {
    expect(isRowOf(page(reply), LIST)).toBe(is);
  });
});

describe('a title as it is shown', () => {
  it.each([
    ['\u200b\u2060', ''],
    ['\u200bRead\ufeffing', 'Reading'],
    ['می\u200cخواهم 👩\u200d🚀', 'می\u200cخواهم 👩\u200d🚀'],
  ])('%j is %j', (written, shown) => {
    const title = [{ plain_text: written }];
    expect(titleOfPage(page({ properties: { Name: { type: 'title', title } } }))).toBe(shown);
    const source = DataSourceReply.parse({ object: 'data_source', id: LIST, title, properties: {} });
    expect(destinationOf(source, 'bot', 0)?.title).toBe(shown);
  });
});
