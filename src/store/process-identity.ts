import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names the space in which a pid means one process: this boot of this machine, and within it this container. */
export function machineOf(): string {
  return [hostname(), read('/proc/sys/kernel/random/boot_id'), pidSpace()].join(' ');
}

/** When a process began, in the kernel's own ticks since boot; null where there is no such process or no /proc. */
export function startTicksOf(pid: number): string | null {
  return fieldsOf(pid)?.startTicks ?? null;
}

/**
 * Whether the process that wrote down `pid` and `startTicks` on this machine still runs. A process that was killed and
 * not yet collected by its parent (a zombie) is gone, and so is one whose pid now names another.
 */
export function stateOfProcess(written: { pid: number; startTicks: string | null }): 'running' | 'gone' {
  if (written.startTicks !== null) {
    const fields = fieldsOf(written.pid);
    const same = fields !== undefined && fields.startTicks === written.startTicks;
    return same && !['Z', 'X'].includes(fields.state) ? 'running' : 'gone';
  }
  try {
    process.kill(written.pid, 0);
    return 'running';
  } catch (error) {
    // EPERM: it is there and belongs to someone else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? 'running' : 'gone';
  }
}

// proc(5): pid (name) state … with the start time as field 22. The name may hold spaces and brackets, so count after its last one.
function fieldsOf(pid: number): { state: string; startTicks: string } | undefined {
  const line = read(`/proc/${String(pid)}/stat`);
  const [state, ...rest] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const startTicks = rest[18];
  return state === undefined || startTicks === undefined ? undefined : { state, startTicks };
}

function pidSpace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
