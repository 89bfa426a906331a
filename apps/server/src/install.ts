import { randomBytes } from 'node:crypto'
import { create, createTenant, setupTenant, systemAct, tenantIds, type Runtime } from '@quancheng/kernel'
import { setPassword } from '@quancheng/kernel/install'
import { storeEveryday } from './demo/everyday.ts'
import { storeDecisions } from './demo/decisions.ts'
import { storeDispatch } from './demo/dispatch.ts'
import { createDemoTenants, DEMO_PASSWORD, DEMO_SIGN_INS, loadDemo } from './demo/index.ts'
import { storeApprovals } from './demo/approvals.ts'
import { storeAutomation } from './demo/automation.ts'
import { storeWebhooks } from './demo/webhooks.ts'
import { storeKnowledge } from './demo/knowledge.ts'
import { storeInsight } from './demo/insight.ts'
import { storeParts } from './demo/parts.ts'
import { storeUsedParts } from './demo/used-parts.ts'
import { storeRequests } from './demo/requests.ts'
import { storePlanning } from './demo/planning.ts'
import { storeMarketing } from './demo/marketing.ts'
import { storeSales } from './demo/sales.ts'
import { storeCentre } from './demo/sales-centre.ts'
import { storePartner } from './demo/sales-partner.ts'
import { storeUsage } from './demo/sales-usage.ts'
import { storeSchedule } from './demo/schedule.ts'
import { storeStandards } from './demo/standards.ts'
import { storeVoice } from './demo/voice.ts'
import type { Database } from './database.ts'

export interface SignIns { lines: string[] }

/** Lays the foundations of every tenant; on an empty database makes the demo companies, or one empty company with its first administrator. */
export async function prepareTenants(runtime: Runtime, db: Database, o: { demo: boolean; log: (line: string) => void }): Promise<SignIns> {
  const before = await tenantIds(runtime)
  if (before.length === 0) {
    const owner = await db.connectOwner()
    try {
      if (o.demo) await createDemoTenants(owner)
      else await createTenant(owner, { code: 'main', name: '我的企业' })
    } finally { await owner.end() }
  }
  for (const t of await tenantIds(runtime)) await setupTenant(runtime, t.id)
  if (before.length === 0 && !o.demo) return firstAdministrator(runtime)
  const demo = (await tenantIds(runtime)).some(t => t.code === 'hengchuan')
  if (!demo) return { lines: [] }
  if (o.demo) await loadDemo(runtime, { log: o.log, parts: [storeRequests, storeApprovals, storeDecisions, storeStandards, storeParts, storeUsedParts, storeInsight, storeKnowledge, storeDispatch, storeVoice, storeAutomation, storeSchedule, storeWebhooks, storeEveryday, storeSales, storeUsage, storePlanning, storePartner, storeCentre, storeMarketing] })
  // tables that were empty a moment ago: the planner learns of their rows now and not when it happens to look
  if (o.demo && before.length === 0) { const owner = await db.connectOwner(); try { await owner.query('analyze') } finally { await owner.end() } }
  const usable = await usernames(runtime)
  return { lines: [`演示账号（密码均为 ${DEMO_PASSWORD}）：`, ...DEMO_SIGN_INS.filter(s => usable.has(s.username)).map(s => `  ${s.username.padEnd(16)} ${s.name} · ${s.role}`)] }
}

/** As people type them. A demo company that an earlier version loaded knows nobody who came later. */
async function usernames(runtime: Runtime): Promise<Set<string>> {
  const all = new Set<string>()
  for (const t of await tenantIds(runtime)) {
    const users = await systemAct(runtime, t.id, 'demo sign-ins', ctx => ctx.query<{ username: string }>('select username from "user" where tenant_id = $1 and not coalesce(off, false)', [ctx.tenant.id]))
    for (const { username } of users) all.add(t.code === 'hengchuan' ? username : `${username}@${t.code}`)
  }
  return all
}

async function firstAdministrator(runtime: Runtime): Promise<SignIns> {
  const [tenant] = await tenantIds(runtime)
  const password = `${randomBytes(9).toString('base64url')}-Qc1`
  await systemAct(runtime, tenant!.id, 'first administrator', async ctx => {
    const unit = await create(ctx, ctx.entities.get('unit'), { code: 'HQ', name: '总部', kind: 'group' })
    const [role] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'admin'", [ctx.tenant.id])
    const user = await create(ctx, ctx.entities.get('user'), { username: 'admin', name: '系统管理员', unitId: unit.id, roleIds: role ? [role.id] : [] })
    await setPassword(ctx, user.id, password, true)
  })
  return { lines: ['已建立空白企业和第一个管理员，密码只显示这一次：', `  用户名 admin　密码 ${password}`] }
}
