/** Replaced by the build; see vite.config.ts. */
declare const __HOSTS__: readonly string[];

/** The addresses that are talked to: Notion's API and the endpoint. Apart from the rest of what is built in, for the popup. */
export const hosts = __HOSTS__;
