import { type Failure, failure } from '../../core/failure.ts';
import { Untouchable } from './records.ts';

/** Why something could not be stored. What browsers say of a full disk is no interface, and differs between them. */
export function storageFailure(error: unknown): Failure {
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof Untouchable) return failure(`stored-${error.why}`, { detail });
  return failure(/quota|full|space/i.test(detail) ? 'storage-full' : 'storage-failed', { detail });
}
