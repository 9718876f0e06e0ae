import type { Client } from '../../protocol/client.ts';
import { renderLive } from '../components/live.ts';
import { Import } from './Import.tsx';
import { openImport } from './model.ts';

/** Shows what can be imported, and how imports stand. Files may be dropped, and lists pasted, anywhere on it. */
export async function mountImport(document: Document, client: Client): Promise<void> {
  document.documentElement.lang = client.language;
  document.documentElement.dir = client.direction;
  document.title = client.text('import_title');
  const root = document.getElementById('import');
  if (!root) return;
  const model = await openImport(client);
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) void model.readFiles(files);
    else model.readPasted(event.dataTransfer?.getData('text') ?? '');
  });
  document.addEventListener('paste', (event) => {
    // What is pasted into a field is meant for that.
    if ((event.target as Element).closest('input, textarea')) return;
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) void model.readFiles(files);
    else model.readPasted(event.clipboardData?.getData('text') ?? '');
  });
  renderLive(() => <Import model={model} />, root);
}
