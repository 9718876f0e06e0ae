/** Injected on the user's gesture: leaves a function that shows a toast, to be called right after. */
import { createToaster, type ToastMessage } from './toast.ts';

declare global {
  var __rowmarkToast: (message: ToastMessage) => void;
}

// Injected once for each message: only the first toaster knows what it already shows.
globalThis.__rowmarkToast ??= createToaster(document);
