import { effect, type Signal, signal } from '@preact/signals-core';
import { type ComponentChild, render } from 'preact';
import { useMemo } from 'preact/hooks';

/**
 * Shows `view` in `root`, and again whenever a signal that was read in it, or in anything below it, has changed. Always the
 * whole: the pages are small, and following each component by itself would be a twentieth of all the popup's code.
 */
export function renderLive(view: () => ComponentChild, root: Element): void {
  effect(() => render(view(), root));
}

/** A signal of a component's own, for as long as it is shown. */
export const useSignal = <T>(initial: T): Signal<T> => useMemo(() => signal(initial), []);
