import { thousands, upgradeText, type Ladder, type Upgrade } from './ladder.ts'

export interface Judged { level: number; total: number; ours: number; share: number; below: boolean; hint: string | null; rule: number; explanation: string; upgrade: Upgrade; toNext: string | null }

/**
 * Where an account stands. The customer's own total is never less than what it bought from us: an old estimate must not give a share above 100 %.
 * Without an estimate, what it bought from us is all that is known.
 */
export function judge(ladder: Ladder, version: number, o: { purchase: number | null; ours: number; mean: number }): Judged {
  const total = Math.max(o.purchase ?? 0, o.ours), share = total > 0 ? Math.round(o.ours / total * 10_000) / 100 : 0
  const { level, hint, rule } = ladder.at(total, share), upgrade = ladder.upgrade(total, share)
  const where = rule ? `决策表第 ${version} 版第 ${rule} 条` : `决策表第 ${version} 版没有一条成立`
  const explanation = `${where}：年采购总量 ${thousands(total)}${o.purchase === null ? '（未填，按我们的销量）' : ''}，在我们这里 ${thousands(o.ours)}，份额 ${share} %`
  return { level, total, ours: o.ours, share, below: o.ours < o.mean, hint, rule, explanation, upgrade, toNext: upgradeText(upgrade, total, share) }
}
