import browser from 'webextension-polyfill';
import { failed, ok, type Result } from '../core/failure.ts';
import type { Identity } from '../ports.ts';

export const identity: Identity = { redirectUri: () => browser.identity.getRedirectURL() };

/**
 * Opens the consent page in the browser's own window. The browsers' error texts are no interface and differ between
 * versions; what is told apart is "the user closed it" from "it did not open".
 */
export async function launchSignIn(authorizeUrl: string): Promise<Result<{ redirectedTo: string }>> {
  try {
    const redirectedTo = await browser.identity.launchWebAuthFlow({ url: authorizeUrl, interactive: true });
    return redirectedTo ? ok({ redirectedTo }) : failed('sign-in-cancelled');
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return /approve|cancel|denied|closed/i.test(detail)
      ? failed('sign-in-cancelled')
      : failed('sign-in-window', { detail });
  }
}
