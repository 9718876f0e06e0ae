import type { BuildConfig } from '../ports.ts';

/** Replaced by the build; see vite.config.ts. */
declare const __BUILD_CONFIG__: BuildConfig;

export const buildConfig: BuildConfig = __BUILD_CONFIG__;
