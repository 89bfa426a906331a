import { AppError, fail, type Change, type Ctx } from '@quancheng/kernel'

const wrong = (field: string, message: string, name: string): never => { throw new AppError('INVALID', { summary: `“${name}”${message}`, fields: [{ field, code: 'RULE', message }] }) }

export function checkRule(_ctx: Ctx, c: Change): void {
  if (c.act === 'remove') return
  const now = { ...c.before, ...c.draft } as Record<string, unknown>
  if ((now.method === 'turn' || now.method === 'load') && !(now.personIds as string[] | null)?.length) wrong('personIds', '请至少选一个人，或改为“进公海”', '分给谁')
  if (now.amountFrom && now.amountTo && Number(now.amountTo) < Number(now.amountFrom)) wrong('amountTo', '不能小于“从”', '意向金额到')
}

/** A site is written as the browser names it; anything else would match no page, and the form would be refused everywhere. */
export function checkOrigins(c: Change): void {
  const wrongOne = c.act === 'remove' ? undefined : String(c.draft.origins ?? '').split(/\s+/).filter(Boolean).find(site => !/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/i.test(site))
  if (wrongOne) wrong('origins', `里的“${wrongOne.slice(0, 60)}”不是网站地址，应写成 https://www.example.com`, '允许的网站')
}

export function checkQuestion(_ctx: Ctx, c: Change): void {
  if (c.act === 'remove') return
  const now = { ...c.before, ...c.draft } as Record<string, unknown>
  if (now.kind === 'choice' && String(now.options ?? '').split('|').filter(o => o.trim()).length < 2) wrong('options', '至少两个，用竖线分开', '选项')
}

/** A range that nothing lies in would keep its customers from everybody without a word. */
export function checkTerritory(c: Change): void {
  if (c.act === 'remove') return
  const now = { ...c.before, ...c.draft } as Record<string, number | null | undefined>
  for (const [from, to, name] of [['staffFrom', 'staffTo', '员工人数到'], ['visitsFrom', 'visitsTo', '一年拜访次数到']] as const) if (typeof now[from] === 'number' && typeof now[to] === 'number' && now[to] < now[from]) wrong(to, '不能小于“从”', name)
  if (c.before && now.parentId === c.id as unknown) wrong('parentId', '不能是它自己', '上级地域')
}

/** Two people never have one territory on one day. */
export async function checkHolder(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'remove') return
  const now = { ...c.before, ...c.draft } as Record<string, unknown>
  if (now.until && String(now.until) < String(now.since)) wrong('until', '不能早于“从”', '到')
  const [other] = await ctx.query<{ name: string }>(
    `select u.name from territory_holder h join "user" u on u.tenant_id = h.tenant_id and u.id = h.user_id
     where h.tenant_id = $1 and h.territory_id = $2 and h.id <> $3 and h.since <= coalesce($5::date, 'infinity') and coalesce(h.until, 'infinity') >= $4::date limit 1`, [ctx.tenant.id, now.territoryId, c.id, now.since, now.until ?? null])
  if (other) fail('INVALID', { summary: `这段时间已由${other.name}负责`, fields: [{ field: 'since', code: 'OVERLAP', message: `这段时间已由${other.name}负责` }] })
}
