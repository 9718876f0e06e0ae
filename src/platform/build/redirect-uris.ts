/** Prints the redirect addresses to register with Notion; they follow from the manifest alone. */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import manifest from '../../../manifest.json' with { type: 'json' };

/** Chromium: the first 128 bits of the SHA-256 of the public key, each half byte as a letter from a to p. */
export function chromiumRedirectUri(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  const id = [...digest].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
  return `https://${id}.chromiumapp.org/`;
}

/** Firefox: the SHA-1 of the add-on's id. */
export function firefoxRedirectUri(geckoId: string): string {
  return `https://${createHash('sha1').update(geckoId).digest('hex')}.extensions.allizom.org/`;
}

export const redirectUris = {
  chromium: chromiumRedirectUri(manifest.key),
  firefox: firefoxRedirectUri(manifest.browser_specific_settings.gecko.id),
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(redirectUris.chromium);
  console.log(redirectUris.firefox);
}
