/** The imports that are stored. */
import * as z from 'zod/mini';
import { Job } from '../../core/library/job.ts';
import type { ImportStore } from '../../ports.ts';

/** Those that can be read. */
export const readJobs = async (imports: Pick<ImportStore, 'jobs'>): Promise<Job[]> =>
  (await imports.jobs()).flatMap((raw) => {
    const read = z.safeParse(Job, raw);
    return read.success ? [read.data] : [];
  });

/** Whether something is still to be sent, so that what it is about is needed. */
export const isOpen = ({ state }: Job): boolean =>
  state === 'storing' || state === 'running' || state === 'paused' || state === 'undoing';
