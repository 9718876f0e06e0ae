import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first of these programs on the `PATH`. */
export function onPath(names: readonly string[], env: Environment = process.env): string | null {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isProgram);
    if (found) return found;
  }
  return null;
}

const programFiles = (env: Environment): string[] =>
  [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((folder) => folder !== undefined);

/** `CHROMIUM_PATH`, or a Chromium-based browser where one usually is. */
export function findChromium(env: Environment = process.env): string | null {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  return (
    onPath(
      ['chromium', 'chromium-browser', 'google-chrome-for-testing', 'google-chrome', 'google-chrome-stable'],
      env,
    ) ??
    [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ...programFiles(env).flatMap((folder) => [
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]),
    ].find(isProgram) ??
    null
  );
}

/** `FIREFOX_PATH`, or a Firefox where one usually is. */
export function findFirefox(env: Environment = process.env): string | null {
  if (env.FIREFOX_PATH) return env.FIREFOX_PATH;
  return (
    onPath(['firefox-esr', 'firefox', 'firefox-developer-edition'], env) ??
    [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      ...programFiles(env).map((folder) => join(folder, 'Mozilla Firefox', 'firefox.exe')),
    ].find(isProgram) ??
    null
  );
}
