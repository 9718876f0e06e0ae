/** Composes the popup with the browser; see `mount.tsx`. */
import { createClient } from '../../platform/client.ts';
import { mountPopup } from './mount.tsx';

void mountPopup(document, createClient());
