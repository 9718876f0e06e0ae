/** Composes the page for imports with the browser; see `mount.tsx`. */
import { createClient } from '../../platform/client.ts';
import { mountImport } from './mount.tsx';

void mountImport(document, createClient());
