import { failed, type Result } from '../core/failure.ts';

/** Why something could not be stored. What browsers say of a full disk is no interface, and differs between them. */
export const storageFailure = (detail: string): Result<never> =>
  failed(/quota|full|space/i.test(detail) ? 'storage-full' : 'storage-failed', { detail });
