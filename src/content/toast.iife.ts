/** Injected on the user's gesture: leaves a function that shows a toast, to be called right after. */
import { createToaster } from './toast.ts';

declare global {
  var __rowmarkToast: ReturnType<typeof createToaster>;
}

// Injected once for each message: only the first toaster knows what it already shows.
globalThis.__rowmarkToast ??= createToaster(document);
