/** The names of all visible strings. English (`public/_locales/en/messages.json`) is the source. */
import type en from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof en;
