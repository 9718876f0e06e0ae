/** Starting programs so that nothing of them outlives the test, however the test ends. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { until } from './until.ts';

export interface Running {
  child: ChildProcess;
  exited: Promise<void>;
  hasExited(): boolean;
  /** Ends every process of it at once, and waits. */
  kill(): Promise<void>;
  /** What it wrote to stderr so far, for error messages. */
  stderr(): string;
}

const isPosix = process.platform !== 'win32';

/**
 * The shell leads a process group and waits for its input to end, which it does when this process does, even by SIGKILL;
 * then, or when the program has ended, the whole group is killed.
 */
const LEASH = '("$0" "$@"; kill -KILL 0) & read _; kill -KILL 0';

/** @param options whose `stdio` has `pipe` as its first: the leash */
export function run(
  program: string,
  args: readonly string[],
  { stdio, ...options }: Omit<SpawnOptions, 'stdio'> & { stdio: ['pipe', ...('ignore' | 'pipe')[]] },
): Running {
  const child = isPosix
    ? spawn('sh', ['-c', LEASH, program, ...args], { ...options, stdio, detached: true })
    : spawn(program, args, { ...options, stdio });
  let ended = false;
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-20_000);
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      stderr += error.message;
      resolve();
    });
  }).then(() => {
    ended = true;
  });
  return {
    child,
    exited,
    hasExited: () => ended,
    async kill() {
      if (isPosix) child.stdin?.destroy();
      else child.kill('SIGKILL');
      await exited;
      // The shell may be gone before the last of what it led, which still holds the locks of its profile.
      if (isPosix) await until('its processes to be gone', () => !isGroupAlive(child.pid));
    },
    stderr: () => stderr,
  };
}

/** Whether a process of that group still runs. One that only waits to be counted out by its parent does not. */
function isGroupAlive(group: number | undefined): boolean {
  if (group === undefined || process.platform !== 'linux') return false;
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      // The name, in brackets, may hold anything: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
      const [state, , groupOf] = readFileSync(`/proc/${entry}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      return Number(groupOf) === group && state !== 'Z' && state !== 'X';
    } catch {
      return false;
    }
  });
}

/** Processes that were just killed may still be writing into it. */
export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
