/** Composes the popup with the browser; see `mount.tsx`. */
import { createClient } from '../../platform/client.ts';
import { mountPopup } from './mount.tsx';

// The options page opens it in a tab to change a save.
void mountPopup(document, createClient(), new URLSearchParams(location.search).get('save'));
