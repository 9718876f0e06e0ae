/**
 * What a scenario may do with a browser. One suite is written against this; `chromium.ts` and `firefox.ts` implement it.
 * Things on a page are found the way assistive technology finds them: by role and accessible name, which the browser
 * itself computes.
 */
import type { Gateway } from '../stage/gateway.ts';

/** Sent to a page and run there: it may use nothing from around it, and takes and returns JSON. */
export type PageFunction<A extends unknown[], T> = (...args: A) => T | Promise<T>;

export type Key =
  | 'Enter'
  | 'Escape'
  | 'Tab'
  | 'ArrowDown'
  | 'ArrowUp'
  | 'Backspace'
  | 'PageDown'
  | 'End'
  | 'Home'
  | ',';

/**
 * Stands for whatever has that role and name at the moment it is used. Every method but `count` first waits until
 * there is exactly one, and an action also until it is enabled.
 */
export interface Locator {
  count(): Promise<number>;
  /** Waits until there is one, and returns it. */
  appear(within?: number): Promise<Locator>;
  /** Waits until there is none. */
  vanish(within?: number): Promise<void>;
  /** With the mouse, as a person would. */
  click(): Promise<void>;
  /** Replaces what is in a field by typing over it. */
  fill(text: string): Promise<void>;
  /** Chooses an option of a `<select>` by what it says. */
  choose(option: string): Promise<void>;
  /** What a field holds. */
  value(): Promise<string>;
  /** The text as shown. */
  text(): Promise<string>;
  read<T>(look: PageFunction<[Element], T>): Promise<T>;
}

export interface Page {
  url(): Promise<string>;
  title(): Promise<string>;
  goto(url: string): Promise<void>;
  evaluate<A extends unknown[], T>(look: PageFunction<A, T>, ...args: A): Promise<T>;
  /** Runs a program text in the page, beyond the reach of its content security policy. */
  runScript(source: string): Promise<void>;
  /** @param name exact; left out, whatever its name */
  byRole(role: string, name?: string): Locator;
  press(key: Key): Promise<void>;
  /** Types into whatever has the focus. */
  type(text: string): Promise<void>;
  /** With the mouse, at a point of what is visible, in CSS pixels from its corner. */
  clickAt(x: number, y: number): Promise<void>;
  /** Makes it the active tab. */
  show(): Promise<void>;
  /** Light or dark, as a user's system would have it. */
  setColorScheme(scheme: 'light' | 'dark'): Promise<void>;
  /** A PNG of what is visible. */
  screenshot(): Promise<Buffer>;
  isOpen(): Promise<boolean>;
  close(): Promise<void>;
}

/** A bookmark, or a folder of them. */
export type Bookmark = { title: string; url?: string; tags?: string[]; children?: Bookmark[] };

export interface Browser {
  readonly name: 'chromium' | 'firefox';
  readonly version: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly extensionOrigin: string;
  /** Opens a tab and waits until it has loaded. */
  open(url: string): Promise<Page>;
  /** Opens a page of the extension in a tab. */
  openExtensionPage(path: string): Promise<Page>;
  /** Uses the extension's toolbar button over that page, as a click does: `activeTab` is granted. */
  openPopup(over: Page): Promise<Page>;
  /** Waits for the popup that something else has opened: a key. */
  openedPopup(): Promise<Page>;
  /** Runs a command of the extension on that page as its key would, without a keyboard. */
  runCommand(name: string, on: Page): Promise<void>;
  /** Tabs and windows that show a page. */
  pages(): Promise<Page[]>;
  /** Waits for a tab or window whose address fits: a consent window, or a page that the extension opens. */
  pageAt(fits: (url: string) => boolean): Promise<Page>;
  /** Runs a function where the extension's API is, in a page of it that runs nothing of its own. */
  inExtension<A extends unknown[], T>(look: PageFunction<A, T>, ...args: A): Promise<T>;
  /** Puts bookmarks into the browser's own, below the bookmarks toolbar; tags are kept by Firefox alone. */
  addBookmarks(tree: readonly Bookmark[]): Promise<void>;
  /**
   * Has the browser write its bookmarks itself: the file for other browsers, and what else it knows.
   * @param folder of the files; it must be there
   * @param answer names the file to the browser's own dialog, where it shows one
   * @returns their paths
   */
  exportBookmarks(folder: string, answer: (path: string) => Promise<void>): Promise<string[]>;
  /** Ends the background at once, in the middle of whatever it does. */
  killBackground(): Promise<void>;
  isBackgroundAlive(): Promise<boolean>;
  /** `navigator.onLine` and every request follow. */
  setOffline(offline: boolean): Promise<void>;
  /**
   * Which of these shortcuts, written as in a manifest, the browser listens to itself. Chromium tells none: it refuses
   * to give an extension a key of its own.
   */
  ownShortcuts(candidates: readonly string[]): Promise<string[]>;
  /** What the browser holds against the extension: warnings at installation, errors in its console, breaches of its CSP. */
  complaints(): Promise<string[]>;
  /** Settles when the browser has ended, for whatever reason. */
  readonly gone: Promise<void>;
  /** Kills all of it with SIGKILL and starts it again with the same profile. Earlier pages are gone. */
  crashAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** The folder of the built extension. */
  extension: string;
  /** The program; left out, it is looked for. */
  program?: string | undefined;
  /** What every name on the network leads to. Left out, the browser has the real network. */
  gateway?: Pick<Gateway, 'port' | 'publicKeyHash' | 'cut' | 'mend'>;
  /** An X display such as `:99`, or `own` for the one of the person at this computer. Left out, nothing is shown. */
  display?: string;
  /** Milliseconds after which an idle event page is ended; Firefox only. */
  idleTimeout?: number;
  /** Left out, a new profile is made, and thrown away in the end. */
  profile?: string;
}
