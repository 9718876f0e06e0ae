/** Composes the options page with the browser; see `mount.tsx`. */
import { createClient } from '../../platform/client.ts';
import { mountOptions } from './mount.tsx';

void mountOptions(document, createClient());
