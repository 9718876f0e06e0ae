/** `npm start` where nothing can be shown: what a newcomer sees first has to work. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './build.ts';
import { drivers } from './drivers/available.ts';
import { removeFolder, run } from './drivers/process.ts';
import { MAPS, TIDES } from './stage/pages.ts';

it.for(drivers)(
  '$name: connects, saves by popup and by command, and leaves pictures',
  async ({ name, program }) => {
    expect(program, `there is no ${name} on this machine`).not.toBeNull();
    const folder = mkdtempSync(join(tmpdir(), 'rowmark-start-test-'));
    const { DISPLAY: _, WAYLAND_DISPLAY: __, NOTION_CLIENT_ID: ___, VITEST: ____, ...env } = process.env;
    const running = run('npm', ['start'], {
      cwd: ROOT,
      env: { ...env, BROWSERS: name, TMPDIR: folder },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    running.child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    await running.exited;
    expect(said, running.stderr()).toContain('Arrived in "Reading list":');
    const rows = said.slice(said.indexOf('Arrived in'));
    for (const { title } of [TIDES, MAPS]) expect(rows).toContain(title);
    expect(rows).toContain('Tags: history');
    const pictures = [...rows.matchAll(/^ {2}(\/.*\.png)$/gm)].map(([, path = '']) => readFileSync(path));
    expect(pictures).toHaveLength(4);
    for (const picture of pictures) expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(running.stderr()).toBe('');
    removeFolder(folder);
  },
);
