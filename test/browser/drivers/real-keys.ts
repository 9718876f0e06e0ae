/** A screen that nobody sees, with a window manager, where keys are pressed as a keyboard would. */

import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Running, removeFolder, run } from './process.ts';
import { onPath } from './programs.ts';
import { until } from './until.ts';

const PROGRAMS = ['Xvfb', 'openbox', 'xdotool', 'setxkbmap'] as const;

/** What keys are called by their place (`KeyboardEvent.code`), in the order of the X server's numbers for them. */
const ROWS: [first: number, codes: string[]][] = [
  [10, [...'1234567890'].map((digit) => `Digit${digit}`)],
  [24, [...'QWERTYUIOP'].map((letter) => `Key${letter}`)],
  [38, [...'ASDFGHJKL'].map((letter) => `Key${letter}`)],
  [52, [...'ZXCVBNM'].map((letter) => `Key${letter}`)],
];
const NUMBERS = new Map(
  ROWS.flatMap(([first, codes]) => codes.map((code, at) => [code, String(first + at)])),
);

/** Which of the programs are not installed. */
export const missingForKeys = (): string[] => PROGRAMS.filter((name) => onPath([name]) === null);

export interface Screen {
  /** Such as `:99`. */
  display: string;
  /** Presses a combination such as `alt+shift+q`; with `title`, once the window whose name begins so has the focus. */
  press(combination: string, title?: string): Promise<void>;
  /** Presses the key at that place, such as `KeyT`, whatever it types. */
  pressPlace(code: string): Promise<void>;
  /** Has the keyboard type in another layout from now on: `ru`, `gr`, `us`, or `fr` and the like with a variant. */
  layout(name: string, variant?: string): Promise<void>;
  /** Opens the context menu at a point of the screen, in its pixels; it is a window of its own. */
  openMenu(x: number, y: number): Promise<void>;
  /** Names a file to the dialog in which it is to be stored. */
  answerFileDialog(path: string): Promise<void>;
  /** Types text, key by key. */
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

export async function startScreen(): Promise<Screen> {
  const home = mkdtempSync(join(tmpdir(), 'rowmark-screen-'));
  // The server takes the first free number and tells it.
  const server = run('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  let told = '';
  server.child.stdio[3]?.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  let manager: Running | undefined;
  const close = async () => {
    await manager?.kill();
    await server.kill();
    removeFolder(home);
  };
  try {
    const number = await until('Xvfb to start', () => {
      if (server.hasExited()) throw new Error(server.stderr());
      return told.endsWith('\n') && told.trim();
    });
    const env = {
      ...process.env,
      DISPLAY: `:${number}`,
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
    };
    manager = run('openbox', [], { env, stdio: ['pipe', 'ignore', 'pipe'] });
    const xdotool = async (...args: string[]) =>
      (await promisify(execFile)('xdotool', args, { env })).stdout.trim();
    return {
      display: `:${number}`,
      async press(combination, title = '') {
        await until(`a window "${title}" to have the focus`, async () =>
          (await xdotool('getactivewindow', 'getwindowname')).startsWith(title),
        );
        await xdotool('key', '--clearmodifiers', combination);
      },
      async pressPlace(code) {
        await xdotool('key', NUMBERS.get(code) ?? code);
      },
      async layout(name, variant = '') {
        await promisify(execFile)('setxkbmap', ['-layout', name, '-variant', variant], { env });
      },
      async openMenu(x, y) {
        const windows = async () =>
          (await xdotool('search', '--onlyvisible', '--name', '')).split('\n').length;
        const before = await windows();
        await xdotool('mousemove', String(Math.round(x)), String(Math.round(y)), 'click', '3');
        await until('the menu', async () => (await windows()) > before);
      },
      async answerFileDialog(path) {
        const isThere = async () =>
          /^Save/.test(await xdotool('getactivewindow', 'getwindowname').catch(() => ''));
        await until('the dialog', isThere);
        await xdotool('key', 'ctrl+a');
        await xdotool('type', '--delay', '20', path);
        // Return does nothing there; the button has a letter.
        await until('the dialog to close', async () => {
          await xdotool('key', 'alt+s');
          return !(await isThere());
        });
      },
      async type(text) {
        // As fast as somebody who types well.
        await xdotool('type', '--delay', '60', text);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
