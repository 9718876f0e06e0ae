import type { Client } from '../../protocol/client.ts';
import { renderLive } from '../components/live.ts';
import { openPopup } from './model.ts';
import { Popup } from './Popup.tsx';

/**
 * Shows the popup as soon as the stored records are read, which needs neither the network nor the background.
 * @param saveId the save to be changed, when it is opened for that
 */
export async function mountPopup(
  document: Document,
  client: Client,
  saveId: string | null = null,
): Promise<void> {
  document.documentElement.lang = client.language;
  document.documentElement.dir = client.direction;
  document.addEventListener('keydown', (event) => {
    // A list that is open has used the key up; a select that drops down does so without saying it.
    const isUsed = event.defaultPrevented || event.isComposing || event.target instanceof HTMLSelectElement;
    if (event.key === 'Escape' && !isUsed) client.closePopup();
  });
  const root = document.getElementById('popup');
  if (!root) return;
  const model = await openPopup(client, saveId);
  root.replaceChildren();
  renderLive(() => <Popup model={model} />, root);
}
