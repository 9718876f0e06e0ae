import { expect, it } from 'vitest';
import { until } from '../drivers/until.ts';
import { TIDES } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

const STYLE = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};
const item = (content: string, style: object = {}, url: string | null = null) => ({
  type: 'text',
  text: { content, link: url === null ? null : { url } },
  annotations: { ...STYLE, ...style },
  plain_text: content,
  href: url,
});
const UPLOAD = {
  name: 'report, final.pdf',
  type: 'file',
  file: { url: 'https://prod-files-secure.s3.us-west-2.amazonaws.com/workspace/1/report.pdf' },
};

scenarios('a row with more in it than words', {}, (stage) => {
  it('keeps all that nobody has changed, and what was changed around it', async () => {
    await stage.connect();
    const related = stage.notion.createDatabase({
      title: 'Projects',
      sources: [{ properties: [{ name: 'Name', type: 'title' }], rows: [{ Name: 'Engine' }] }],
    });
    const [projects = ''] = related.dataSourceIds;
    const [engine] = stage.notion.dataSource(projects).rows;
    const { databaseId, dataSourceIds } = stage.notion.createDatabase({
      title: 'Rich',
      sources: [
        {
          properties: [
            { name: 'Name', type: 'title' },
            { name: 'URL', type: 'url' },
            { name: 'Tags', type: 'multi_select', options: ['Okoro, Mina'] },
            { name: 'Description', type: 'rich_text' },
            { name: 'Project', type: 'relation', settings: { data_source_id: projects } },
            { name: 'Files', type: 'files' },
          ],
        },
      ],
    });
    for (const id of [databaseId, related.databaseId]) stage.notion.share(id);
    const [id = ''] = dataSourceIds;
    const title = [
      {
        type: 'mention',
        mention: { type: 'page', page: { id: engine?.id } },
        annotations: STYLE,
        plain_text: 'Engine',
        href: engine?.url ?? null,
      },
      item(' and\u00a0its  '),
      item('tides ', { bold: true }),
    ];
    const description = [
      item('A link', {}, 'https://example.org/'),
      item('\n\n and '),
      item('bold', { bold: true }),
    ];
    const row = stage.notion.addRow(id, {
      Name: title,
      URL: `https://site.test${TIDES.path}`,
      Tags: ['Okoro, Mina'],
      Description: description,
      Project: [engine?.id ?? ''],
      Files: [UPLOAD],
    });
    await stage.browser.inExtension(
      async (link) => void (await chrome.runtime.sendMessage({ type: 'open-link', link })),
      `https://www.notion.so/${databaseId.replaceAll('-', '')}`,
    );
    /** The properties that requests to change the row have named since the log was cleared. */
    const named = () =>
      stage.notion
        .requests()
        .filter(({ method, path }) => method === 'PATCH' && path === `/v1/pages/${row.id}`)
        .map(({ body }) => (body as { properties: Record<string, Record<string, unknown>> }).properties);

    const popup = await stage.browser.openPopup(await stage.browser.open(`https://site.test${TIDES.path}`));
    await popup.byRole('button', 'Update').appear();
    await popup.byRole('button', 'Remove tag Engine').appear();
    await popup.byRole('button', 'Remove tag report, final.pdf').appear();
    stage.notion.clearRequests();
    await popup.byRole('combobox', 'Tags').click();
    await popup.type('new,');
    await popup.byRole('button', 'Update').click();
    await until('the tag to be sent', () => Promise.resolve(named().length === 1));
    const [tagged = {}] = named();
    expect(Object.values(tagged)).toEqual([
      { multi_select: [{ id: expect.stringMatching(/^[0-9a-f-]{36}$/) }, { name: 'new' }] },
    ]);
    await until('"Saved to Notion"', async () =>
      (await popup.byRole('status').text()).includes('Saved to Notion'),
    );

    const again = await stage.browser.openPopup(await stage.browser.open(`https://site.test${TIDES.path}`));
    await again.byRole('button', 'Update').appear();
    await again.byRole('button', 'Remove tag report, final.pdf').appear();
    stage.notion.clearRequests();
    await again.byRole('textbox', 'Description').click();
    await again.type(' words');
    await again.byRole('textbox', 'Files').click();
    await again.type('https://example.org/a.pdf');
    await again.byRole('button', 'Update').click();
    await until('the change to be sent', () => Promise.resolve(named().length === 1));
    const values = Object.values(named()[0] ?? {});
    expect(values).toHaveLength(2);
    expect(values.find((value) => 'files' in value)).toEqual({
      files: [
        {
          type: 'file',
          name: UPLOAD.name,
          file: { url: expect.stringContaining(UPLOAD.file.url), expiry_time: expect.anything() },
        },
        { type: 'external', name: 'a.pdf', external: { url: 'https://example.org/a.pdf' } },
      ],
    });
    const { rich_text: text } = values.find((value) => 'rich_text' in value) ?? {};
    const looks = (text as ReturnType<typeof item>[]).map((one) => [
      one.text.content,
      one.text.link?.url ?? null,
      one.annotations.bold,
    ]);
    expect(looks.flatMap(([words, link]) => (link === null ? [] : [words]))).toEqual(['A link']);
    expect(looks.flatMap(([words, , bold]) => (bold ? [words] : [])).join('')).toMatch(/^bold/);
    expect(looks.map(([words]) => words).join('')).toContain(' words');
  });
});
