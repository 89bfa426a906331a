import { totalmem } from 'node:os'

const MB = 1024 * 1024
/** A sixteenth of the machine: enough that the pages a busy station touches stay in memory, little enough to live beside other programs. */
const sharedBuffers = (): number => Math.round(Math.min(2048, Math.max(128, totalmem() / 16 / MB)))

/**
 * Settings of a small server, given on its command line: they hold for old folders too, and `ALTER SYSTEM` cannot
 * contradict them. Others may be changed in postgresql.conf or by ALTER SYSTEM.
 */
export function serverSettings(o: {
  socketDir: string
  logDir: string
  port: number
  extra?: Record<string, string> | undefined
}): Record<string, string> {
  return {
    shared_buffers: `${sharedBuffers()}MB`,
    effective_cache_size: `${4 * sharedBuffers()}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_connections: '60',
    // the first change of a page after a checkpoint writes the whole page: with rare checkpoints, and without squeezing it (this build has only the
    // slowest of the methods), a million records cost little more than ten thousand; a restart after a crash reads at most this much
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    wal_compression: 'off',
    // logical would write whole rows for every change, a third more; joining a station to head office (ADR 0014) turns it on, with one restart
    wal_level: 'replica',
    synchronous_commit: 'on',
    random_page_cost: '1.1',
    jit: 'off', // this build has none
    timezone: 'UTC',
    log_timezone: 'UTC',
    idle_in_transaction_session_timeout: '10min',
    logging_collector: 'on',
    log_directory: o.logDir,
    log_filename: 'postgres-%a.log', // one a weekday, overwritten after a week
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_min_duration_statement: '1000',
    log_checkpoints: 'off',
    ...o.extra,
    ...listenSettings(o),
  }
}

/** A socket only; Node has no such sockets on Windows, so there it is the loopback address. */
function listenSettings(o: { socketDir: string; port: number }): Record<string, string> {
  if (process.platform === 'win32') return { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(o.port) }
  return {
    listen_addresses: '',
    unix_socket_directories: o.socketDir.replaceAll(/["\\]/g, '\\$&').replace(/.*/s, '"$&"'),
    unix_socket_permissions: '0700',
    port: String(o.port),
  }
}
