import { systemAct, tenantIds, type Runtime } from '@quancheng/kernel'
import { passwordMatches } from '@quancheng/kernel/install'
import type { Database } from '../../database.ts'
import { DEMO_COMPANIES, DEMO_PASSWORD } from '../index.ts'

/** Every company here bears the code and the name of one of the demo's: there is no other that a moved clock could harm. */
const isPlan = (t: { code: string; name: string }): boolean => DEMO_COMPANIES.some(p => p.code === t.code && p.name === t.name)

/** hashes that were found to be of the demo's password: what was true of a hash stays true of it, and asking is made slow on purpose */
const opened = new Set<string>()

/**
 * Is this the demo and nothing but the demo? Judged by what nobody who works with the program leaves as it was: the companies, all of them,
 * are those that were invented, under their names, and their administrators still sign in with the password that the program prints.
 */
export async function isDemoOnly(runtime: Runtime): Promise<boolean> {
  const tenants = await tenantIds(runtime)
  if (!tenants.length || !tenants.every(isPlan)) return false
  for (const t of tenants) {
    const [admin] = await systemAct(runtime, t.id, 'demo clock', ctx => ctx.query<{ hash: string | null }>('select password_hash as hash from "user" where tenant_id = $1 and username = \'admin\' and not coalesce(off, false)', [t.id]))
    if (!admin?.hash || !(opened.has(admin.hash) || await passwordMatches(admin.hash, DEMO_PASSWORD))) return false
    opened.add(admin.hash)
  }
  return true
}

/** The last moment at which something was written in a demo installation; null for any other, whose clock is the real one. */
export async function lastMoment(db: Database): Promise<Date | null> {
  const owner = await db.connectOwner()
  try {
    const { rows } = await owner.query<{ code: string; name: string }>('select code, name from tenant')
    if (!rows.length || !rows.every(isPlan)) return null
    return (await owner.query<{ at: Date | null }>('select max(at) as at from audit')).rows[0]?.at ?? null
  } finally { await owner.end() }
}
