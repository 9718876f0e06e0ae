/** What the pages of both browsers have in common: finding, waiting, and acting like a person. */
import type { Key, Locator, Page, PageFunction } from './browser.ts';
import { until } from './until.ts';

/** What a browser must be able to do with one page. `Node` is how it names an element. */
export interface RawPage<Node> {
  url(): Promise<string>;
  goto(url: string): Promise<void>;
  /** @param name exact; left out, whatever its name */
  find(role: string, name: string | undefined): Promise<Node[]>;
  /** Runs `source`, a function expression, with these arguments and returns its JSON. */
  call(source: string, args: unknown[]): Promise<unknown>;
  callOn(node: Node, source: string, args: unknown[]): Promise<unknown>;
  clickOn(node: Node): Promise<void>;
  clickAt(x: number, y: number): Promise<void>;
  type(text: string): Promise<void>;
  press(key: Key): Promise<void>;
  show(): Promise<void>;
  setColorScheme(scheme: 'light' | 'dark'): Promise<void>;
  screenshot(): Promise<Buffer>;
  isOpen(): Promise<boolean>;
  close(): Promise<void>;
}

/** Compilers may wrap named functions in a call to `__name`, which exists only where the function was compiled. */
const portable = (look: (...args: never[]) => unknown): string =>
  `(...args) => { const __name = (fn) => fn; return (${look})(...args); }`;

export function createPage<Node>(raw: RawPage<Node>): Page {
  return {
    url: raw.url,
    title: () =>
      raw.call(
        portable(() => document.title),
        [],
      ) as Promise<string>,
    goto: raw.goto,
    evaluate: <A extends unknown[], T>(look: PageFunction<A, T>, ...args: A) =>
      raw.call(portable(look), args) as Promise<T>,
    runScript: async (source) => void (await raw.call(`() => { ${source} }`, [])),
    byRole: (role, name) => createLocator(raw, role, name),
    press: raw.press,
    type: raw.type,
    clickAt: raw.clickAt,
    show: raw.show,
    setColorScheme: raw.setColorScheme,
    screenshot: raw.screenshot,
    isOpen: raw.isOpen,
    close: raw.close,
  };
}

function createLocator<Node>(raw: RawPage<Node>, role: string, name: string | undefined): Locator {
  const what = `${role}${name === undefined ? '' : ` "${name}"`}`;
  const all = () => raw.find(role, name);
  const one = (within?: number): Promise<Node> =>
    until(
      `one ${what}`,
      async () => {
        const nodes = await all();
        if (nodes.length > 1) throw new Error(`there are ${nodes.length}`);
        return nodes[0];
      },
      within,
    );
  const usable = (): Promise<Node> =>
    until(`one ${what} that is enabled`, async () => {
      const nodes = await all();
      const node = nodes[0];
      if (nodes.length > 1) throw new Error(`there are ${nodes.length}`);
      return node !== undefined && !(await raw.callOn(node, isDisabled, [])) && node;
    });
  const read = async <T>(look: PageFunction<[Element], T>): Promise<T> =>
    (await raw.callOn(await one(), portable(look), [])) as T;

  const locator: Locator = {
    count: async () => (await all()).length,
    async appear(within) {
      await one(within);
      return locator;
    },
    async vanish(within) {
      await until(`no ${what} any more`, async () => (await all()).length === 0, within);
    },
    async click() {
      const node = await usable();
      let before = '';
      let still = 0;
      // A window that has just opened may still get a bar above the page, which moves everything once more.
      await until(`${what} to stand still and uncovered`, async () => {
        const place = String(await raw.callOn(node, placeOf, []));
        still = place !== '' && place === before ? still + 1 : 0;
        before = place;
        return still >= STILL;
      });
      await raw.clickOn(node);
    },
    async fill(text) {
      await raw.callOn(await usable(), selectAll, []);
      if (text === '') await raw.press('Backspace');
      else await raw.type(text);
    },
    async choose(option) {
      const node = await usable();
      await until(
        `an option "${option}" of ${what}`,
        async () => raw.callOn(node, chooseOption, [option]) as Promise<boolean>,
      );
    },
    value: () => read((element) => (element as HTMLInputElement).value),
    // As shown: what is hidden does not count.
    // biome-ignore lint/performance/useDomNodeTextContent: it would count.
    text: () => read((element) => (element as HTMLElement).innerText),
    read,
  };
  return locator;
}

/** So many looks in a row must find an element where it was. */
const STILL = 5;

const isDisabled = `(element) => element.matches(':disabled, [aria-disabled="true"]')`;
/** Empty while a click would not reach the element. A window may still be changing its size, so it is scrolled to each time. */
const placeOf = `(element) => {
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { x, y, width, height } = element.getBoundingClientRect();
  const top = element.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
  return element.contains(top) || element.labels?.[0]?.contains(top) ? [x, y, width, height, innerWidth, innerHeight].join() : '';
}`;
const selectAll = `(element) => { element.focus(); element.select(); }`;
/** Native lists of options are drawn outside the page, so they cannot be clicked in. */
const chooseOption = `(element, text) => {
  const option = [...element.options].find((each) => each.label.trim() === text);
  if (!option || option.disabled) return false;
  element.focus();
  element.value = option.value;
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}`;
