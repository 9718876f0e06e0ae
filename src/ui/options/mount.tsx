import type { Client } from '../../protocol/client.ts';
import { renderLive } from '../components/live.ts';
import { openOptions } from './model.ts';
import { Options } from './Options.tsx';

/** Shows the options page from what is stored. */
export async function mountOptions(document: Document, client: Client): Promise<void> {
  document.documentElement.lang = client.language;
  document.documentElement.dir = client.direction;
  document.title = client.text('options_title');
  const root = document.getElementById('options');
  if (!root) return;
  const model = await openOptions(client);
  renderLive(() => <Options model={model} />, root);
}
