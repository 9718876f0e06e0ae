import browser from 'webextension-polyfill';

/**
 * Keeps stored records, tokens above all, away from scripts that run in pages. Chromium has had this for every
 * area since version 140; elsewhere the answer is that nothing foreign is ever injected.
 */
export async function shieldFromPages(): Promise<void> {
  const local = browser.storage.local as typeof browser.storage.local & {
    setAccessLevel?: (level: { accessLevel: string }) => Promise<void>;
  };
  try {
    await local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
  } catch (error) {
    console.error('Rowmark could not keep what it has stored from scripts in pages.', error);
  }
}
