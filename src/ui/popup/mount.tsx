import { render } from 'preact';
import type { Client } from '../../protocol/client.ts';
import { openPopup } from './model.ts';
import { Popup } from './Popup.tsx';

/** Shows the popup as soon as the stored records are read, which needs neither the network nor the background. */
export async function mountPopup(document: Document, client: Client): Promise<void> {
  document.documentElement.lang = client.language;
  document.documentElement.dir = client.direction;
  const root = document.getElementById('popup');
  if (root) render(<Popup model={await openPopup(client)} />, root);
}
