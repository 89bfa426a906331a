import type { Kysely } from 'kysely'
import type { Access } from './access/access.ts'
import type { Registry } from './entity/registry.ts'
import type { Locale } from './i18n.ts'
import type { Runtime } from './runtime.ts'
import type { Wanted } from './store/watch.ts'

export interface TenantInfo { id: string; no: number; code: string; name: string; timeZone: string; accessVersion: number; metaVersion: number; /** this act has itself changed what the versions stand for */ changing?: true; /** what watchers want to hear of, once this act has asked (store/watch.ts) */ wanted?: readonly Wanted[] }
export interface UserInfo { id: string; username: string; name: string; unitId: string | null; locale: Locale }

/**
 * What one business act works with. It is passed, never global: a test can freeze the clock and act as anybody.
 * One Ctx is one database transaction.
 */
export interface Ctx {
  tenant: TenantInfo
  user: UserInfo | null
  access: Access
  // the tables are known to the compiled entities, not to a generated interface; see docs/adr/0005
  // eslint-disable-next-line typescript/no-explicit-any
  db: Kysely<any>
  /** one statement on the transaction's connection; `name` makes it a prepared statement (for the few hottest) */
  query<T = Record<string, unknown>>(text: string, values?: unknown[], name?: string): Promise<T[]>
  /** a write whose answer says nothing: it goes out with the next statement, nobody waits for it, and its failure (as `explain` tells it) is that one's, at the latest the commit's */
  send(text: string, values?: unknown[], name?: string, explain?: (error: Error) => Error): void
  now(): Date
  locale: Locale
  entities: Registry
  runtime: Runtime
  /** why the system acts on its own; written to the audit */
  reason: string | null
  ip: string | null
  /** what set this act off, where a watcher did: it travels with the changes that watchers hear of, so that one who goes round in circles is found out */
  cause?: unknown
  /** runs after a successful commit; never for effects that must not be lost (those leave through the outbox) */
  afterCommit(run: () => void): void
}
