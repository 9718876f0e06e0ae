/** The smallest extension with a popup, a background and a command, for trying the drivers themselves. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const manifest = (browser: 'chromium' | 'firefox') => ({
  manifest_version: 3,
  name: 'Throw-away',
  version: '1.0',
  action: { default_title: 'Throw-away', default_popup: 'popup.html' },
  background: browser === 'chromium' ? { service_worker: 'background.js' } : { scripts: ['background.js'] },
  permissions: ['activeTab', 'identity', 'scripting', 'storage'],
  host_permissions: ['https://api.notion.com/*'],
  commands: { note: { suggested_key: { default: 'Alt+Shift+Q' }, description: 'Note' } },
  ...(browser === 'firefox'
    ? { browser_specific_settings: { gecko: { id: 'throw-away@rowmark.test' } } }
    : {}),
});

/** Notes what it was told, what the page is called, and whether it could reach the network. */
const background = `
const api = globalThis.browser ?? chrome;
// Chromium may let a script overtake the news of the access that a key press grants.
const titleOf = (tab, tries = 5) =>
  api.scripting.executeScript({ target: { tabId: tab.id }, func: () => document.title }).then(
    ([answer]) => answer.result,
    (error) => tries > 1
      ? new Promise((resolve) => setTimeout(resolve, 50)).then(() => titleOf(tab, tries - 1))
      : 'no access: ' + error.message,
  );
const note = async (kind, title) => {
  const { notes = [] } = await api.storage.local.get('notes');
  await api.storage.local.set({ notes: [...notes, { kind, title }] });
};
api.commands.onCommand.addListener(async (name, tab) => note(name, await titleOf(tab)));
api.runtime.onMessage.addListener((message, sender, answer) => {
  if (message === 'reach') {
    fetch('https://api.notion.com/hello').then((reply) => reply.text()).then(
      (text) => answer({ text, onLine: navigator.onLine }),
      (error) => answer({ error: String(error), onLine: navigator.onLine }),
    );
    return true;
  }
  if (message === 'sign in') {
    api.identity.launchWebAuthFlow({ url: 'https://api.notion.com/consent', interactive: true })
      .then((url) => answer(url), (error) => answer(String(error)));
    return true;
  }
});`;

const popup = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Popup</title></head><body>
<label>Title <input id="title"></label> <button id="save">Save</button> <button disabled>Not yet</button>
<select aria-label="Database"><option value="1">One</option><option value="2">Two</option></select>
<p role="status" id="status"></p><script src="popup.js"></script></body></html>`;

const popupScript = `
const api = globalThis.browser ?? chrome;
const status = document.getElementById('status');
document.querySelector('select').addEventListener('change', (event) => { status.textContent = 'chose ' + event.target.value; });
document.getElementById('save').addEventListener('click', async (event) => {
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  const title = await api.scripting.executeScript({ target: { tabId: tab.id }, func: () => document.title })
    .then(([answer]) => answer.result, () => 'no access');
  status.textContent = document.getElementById('title').value + ' / ' + title + ' / ' + (event.isTrusted ? 'person' : 'script');
});`;

/** @returns its folder, for the caller to remove */
export function writeThrowAwayExtension(browser: 'chromium' | 'firefox'): string {
  const folder = mkdtempSync(join(tmpdir(), 'rowmark-extension-'));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest(browser)));
  writeFileSync(join(folder, 'background.js'), background);
  writeFileSync(join(folder, 'popup.html'), popup);
  writeFileSync(join(folder, 'popup.js'), popupScript);
  return folder;
}
