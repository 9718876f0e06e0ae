/** What is in the built extension, before any browser has seen it. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { ROOT } from '../build.ts';
import expected from '../expected-manifest.json' with { type: 'json' };

describe.each(['chrome', 'firefox'] as const)('the bundle for %s', (target) => {
  const folder = () => inject('builds')[target];
  const files = () =>
    readdirSync(folder(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  it('asks for no more than was agreed', () => {
    const { version, ...manifest } = JSON.parse(readFileSync(join(folder(), 'manifest.json'), 'utf8'));
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest).toEqual(expected[target]);
  });

  it('holds no trace of the stand-in, of this computer, or of code made from text', () => {
    for (const file of files().filter((name) => /\.(js|html|json)$/.test(name))) {
      const text = readFileSync(file, 'utf8');
      expect(text, file).not.toMatch(/localhost|127\.0\.0\.1|_sandbox/);
      expect(text, file).not.toMatch(/\bnew Function\(|\beval\(/);
    }
  });
});

it('web-ext lint finds no errors', async () => {
  const webExt = join(ROOT, 'node_modules', 'web-ext', 'bin', 'web-ext.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [webExt, 'lint', '--source-dir', inject('builds').firefox, '--output', 'json', '--no-config-discovery'],
    { maxBuffer: 1e7 },
  ).catch((error: { stdout: string }) => error);
  const { errors, warnings } = JSON.parse(stdout) as Record<'errors' | 'warnings', { code: string }[]>;
  expect(errors).toEqual([]);
  expect(warnings.map(({ code }) => code).sort()).toEqual([
    // The answer to what data is collected is heeded by Firefox 140; on Android, which has no `identity`, by 142.
    'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION',
    // Preact sets `innerHTML` for `dangerouslySetInnerHTML`, which nothing here uses.
    'UNSAFE_VAR_ASSIGNMENT',
  ]);
});
