import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { act, createRuntime, create, searchAll, setupTenant, storeMany, systemAct, tenantIds, createTenant } from '@quancheng/kernel'
import { openDatabase } from '../apps/server/src/database.ts'
import { modules } from '../apps/server/src/modules.ts'
import { findArticles, forStaff, suggestArticles } from '../modules/knowledge/store/find.ts'

/*
 * KB-02: ten thousand articles, the search 开不了机 that finds 无法开机 by a synonym. What one search takes, as p50 and p95 of so many, each an act of
 * its own with the rights of an engineer; the same for the search over everything and for what is suggested to a fault as it was told.
 */
const { values: o } = parseArgs({ options: { size: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '200' } } })
const size = Number(o.size), rounds = Number(o.rounds)
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-bench-'))

const MODELS = ['轻云 13', '锐行 15', '青鸟 5', '墨简 11', '砚白 L200', '星途 G7', '流萤 3', '学堂 8']
const FAULTS = ['无法开机', '屏幕有竖线', '充不进电', '卡纸', '触摸失灵', '自动关机', '键盘不灵', '进水后腐蚀', '连不上网', '打印有黑条', '风扇异响', '电池鼓包']
const STEPS = ['断电后放电三十秒', '换一个适配器再试', '量主板待机电压', '清洁接口里的灰尘', '重插排线', '更新固件后观察', '更换总成并做老化测试', '检查有没有进液痕迹', '仍不行则返回本部', '记录阻值拍照留存']

try {
  const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false, join: null })
  const runtime = createRuntime({ connection: db.app, modules, poolSize: 4 })
  const owner = await db.connectOwner()
  if ((await tenantIds(runtime)).length === 0) await createTenant(owner, { code: 'bench', name: '量度' })
  await owner.end()
  const tenant = (await tenantIds(runtime))[0]!
  await setupTenant(runtime, tenant.id)
  let state = 7
  const pick = <T>(list: readonly T[]): T => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return list[Math.floor(state / 65_536) % list.length]! }
  const userId = await systemAct(runtime, tenant.id, 'bench', async ctx => {
    const unit = await create(ctx, ctx.entities.get('unit'), { code: 'HZ01', name: '杭州一站', kind: 'station' })
    const [role] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'engineer'", [ctx.tenant.id])
    await create(ctx, ctx.entities.get('synonym'), { words: '无法开机、开不了机、不开机、打不开机' })
    await storeMany(ctx, ctx.entities.get('article'), Array.from({ length: size }, (_, i) => {
      const fault = pick(FAULTS)
      return { draft: { title: `${pick(MODELS)} ${fault} 处理办法 ${i + 1}`, body: `## 现象\n${fault}，${pick(FAULTS)}。\n\n## 处理\n${Array.from({ length: 8 }, (_unused, n) => `${n + 1}. ${pick(STEPS)}，${pick(STEPS)}`).join('\n')}`, visibility: i % 10 ? 'internal' : 'limited', state: 'published', edition: 1, publishedAt: ctx.now() } }
    }))
    return (await create(ctx, ctx.entities.get('user'), { username: 'bench', name: '量度', unitId: unit.id, roleIds: [role!.id] })).id as string
  })
  // what autovacuum does by itself a minute later
  const again = await db.connectOwner()
  await again.query('vacuum analyze')
  await again.end()
  const measure = async (name: string, run: Parameters<typeof act<number>>[2]): Promise<void> => {
    const times: number[] = []
    let hits = 0
    for (let i = 0; i < rounds + 10; i++) {
      const at = performance.now()
      hits = await act(runtime, { tenantId: tenant.id, userId }, run, { readOnly: true })
      if (i >= 10) times.push(performance.now() - at)
    }
    const sorted = times.toSorted((a, b) => a - b)
    const share = (p: number): string => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]!.toFixed(1)
    process.stdout.write(`${name.padEnd(44)} hits ${String(hits).padStart(4)}   p50 ${share(0.5)} ms   p95 ${share(0.95)} ms\n`)
  }
  process.stdout.write(`${size} articles, ${rounds} searches each\n`)
  await measure('知识库 开不了机 (articles)', async ctx => (await findArticles(ctx, forStaff(ctx)!, { q: '开不了机' })).items.length)
  await measure('知识库 轻云 开不了机 (two words)', async ctx => (await findArticles(ctx, forStaff(ctx)!, { q: '轻云 开不了机' })).items.length)
  await measure('全局搜索 开不了机 (everything)', async ctx => (await searchAll(ctx, '开不了机', { limit: 30 })).length)
  await measure('没有的词 量子纠缠 (nothing)', async ctx => (await findArticles(ctx, forStaff(ctx)!, { q: '量子纠缠' })).items.length)
  await measure('按故障推荐 (a fault as it was told)', async ctx => (await suggestArticles(ctx, forStaff(ctx)!, { text: '昨天摔了一下以后开不了机，充电灯也不亮，屏幕边上有竖线', productLineId: null, faultCode: null })).items.length)
  await runtime.close()
  await db.close()
} finally { rmSync(dataDir, { recursive: true, force: true }) }
