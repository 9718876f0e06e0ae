/** Composes the page on which several tabs are saved with the browser; see `mount.tsx`. */
import { createClient } from '../../platform/client.ts';
import { mountTabs } from './mount.tsx';

void mountTabs(document, createClient(), new URLSearchParams(location.search));
