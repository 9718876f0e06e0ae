import browser from 'webextension-polyfill';
import type { MessageKey } from '../core/text.ts';

export const text = (key: MessageKey, ...substitutions: string[]): string =>
  browser.i18n.getMessage(key, substitutions);

export const uiLanguage = (): string => browser.i18n.getUILanguage();

export const uiDirection = (): 'ltr' | 'rtl' =>
  browser.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
