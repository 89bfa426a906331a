import { defineModule } from '../module.ts'
import { coreActions } from './actions.ts'
import { HOUSEKEEPING, housekeeping, startHousekeeping } from './housekeeping.ts'
import { Retention, startRetention, SWEEP, sweep } from './retention.ts'
import { Role, RoleGroup } from './role.ts'
import { RecordShare } from './record-share.ts'
import { SavedView } from './saved-view.ts'
import { TenantField } from './tenant-field.ts'
import { Synonym } from '../search/synonym.ts'
import { Unit } from './unit.ts'
import { GRANT, User } from './user.ts'

/** What every installation has before any business: units, people who sign in, what they may do, the tenant's own fields. */
export const coreModule = defineModule({
  name: 'core',
  label: ['系统管理', 'Administration'],
  entities: [Unit, Role, RoleGroup, User, TenantField, SavedView, Synonym, Retention, RecordShare],
  actions: coreActions,
  permissions: [{ code: GRANT, label: ['授予角色', 'Give roles'], scoped: false }],
  jobs: { [HOUSEKEEPING]: housekeeping, [SWEEP]: sweep },
  setup: async ctx => { await startHousekeeping(ctx); await startRetention(ctx) },
})

export { Role, RoleGroup, SavedView, Synonym, TenantField, Unit, User }
