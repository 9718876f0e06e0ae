import type { Client } from '../../protocol/client.ts';
import { renderLive } from '../components/live.ts';
import { openTabs } from './model.ts';
import { Tabs } from './Tabs.tsx';

/**
 * Shows the tabs of a window, to be saved together.
 * @param about `window` and `tab` from which it was opened, and which tabs were `selected`, with dots between their ids
 */
export async function mountTabs(document: Document, client: Client, about: URLSearchParams): Promise<void> {
  document.documentElement.lang = client.language;
  document.documentElement.dir = client.direction;
  document.title = client.text('tabs_title');
  const root = document.getElementById('tabs');
  if (!root) return;
  const numbers = (name: string) =>
    (about.get(name) ?? '')
      .split('.')
      .filter((one) => one !== '')
      .map(Number);
  const [windowId = -1] = numbers('window');
  const [tabId = -1] = numbers('tab');
  const model = await openTabs(client, { windowId, tabId, selected: numbers('selected') });
  renderLive(() => <Tabs model={model} />, root);
}
