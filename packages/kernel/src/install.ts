/** What an installation needs to set itself up: separate from the face that modules use. */
export { compileMetadata } from './entity/registry.ts'
export { coreModule } from './core/index.ts'
export { nextMigration, withBase } from './store/install.ts'
export { ensureAppRole, migrate, type Migration } from './store/migrate.ts'
export type { Schema } from './store/schema.ts'
export { secretOf, startEmbedded, type EmbeddedServer } from './store/embedded/index.ts'
export { backupDatabase, BackupError, restoreDatabase, verifyBackup } from './store/backup/index.ts'
export { setPassword } from './http/session-routes.ts'
