/** Injected on the user's gesture: leaves a function that shows a toast, and shows those that came before it did. */
import { createToaster } from './toast.ts';

type Toaster = ReturnType<typeof createToaster>;

declare global {
  var __rowmarkToast: Toaster;
  var __rowmarkToasts: Parameters<Toaster>[] | undefined;
}

// It may be injected again: only the first toaster knows what it already shows.
globalThis.__rowmarkToast ??= createToaster(document);
for (const waiting of globalThis.__rowmarkToasts?.splice(0) ?? []) globalThis.__rowmarkToast(...waiting);
