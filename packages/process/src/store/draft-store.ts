import { fail, type Ctx } from '@quancheng/kernel'

/** What is being written and nobody works by yet. `version` counts the saves; a save names the one it saw. */
export interface DraftOf<T> { key: string; name: string; content: T; version: number; basedOn: number | null; at: Date; by: string | null; byName: string | null }

/** What distinguishes one kind of draft from another: where it lies, what it becomes. */
export interface DraftKind<T, P> {
  /** a table of ours with key, name, version, based_on, created_at, updated_at, updated_by, and `column` for what is drafted */
  table: 'process_draft' | 'decision_draft'
  column: 'xml' | 'content'
  /** saves and publications of one key follow one another, so that none is lost between reading and writing */
  lock: (ctx: Ctx, key: string) => Promise<unknown>
  /** the newest published version; `foreign`: it has no model of ours that a draft could begin from */
  newest: (ctx: Ctx, key: string) => Promise<{ version: number; foreign?: boolean } | null>
  /** its name and the value of `column`; refuses what nobody could open again */
  stored: (key: string, content: T) => Promise<{ name: string; value: string }>
  publish: (ctx: Ctx, key: string, content: T, note: string | null) => Promise<P>
  errors: { exists: 'DESIGN_EXISTS' | 'DECISION_EXISTS'; unknown: 'PROCESS_UNKNOWN' | 'DECISION_UNKNOWN' }
}

interface Row<T> { key: string; name: string; content: T; version: number; based_on: number | null; updated_at: Date; updated_by: string | null; by_name: string | null }

export interface DraftStore<T, P> {
  of: (ctx: Ctx, key: string) => Promise<DraftOf<T> | null>
  /** The first draft of what does not exist yet. */
  create: (ctx: Ctx, key: string, content: T) => Promise<DraftOf<T>>
  /** Saves over version `seen` (0: there was none); the draft then begins from `basedOn`, or from what it began from before. Fails with DRAFT_CHANGED. */
  save: (ctx: Ctx, key: string, content: T, seen: number, basedOn?: number) => Promise<DraftOf<T>>
  drop: (ctx: Ctx, key: string, seen: number) => Promise<void>
  /**
   * Makes the draft the next version. `seen` is the draft's version, `over` the published one that the person compared it with (0: none):
   * whoever publishes has seen exactly what changes.
   */
  publish: (ctx: Ctx, key: string, o: { seen: number; over: number; note: string | null }) => Promise<P>
}

/** Drafts of one kind: saved without overwriting anybody, published over what was seen. */
export function draftStore<T, P extends { version: number; changed: boolean }>(kind: DraftKind<T, P>): DraftStore<T, P> {
  const { table, column } = kind
  const select = `select d.key, d.name, d.${column} as content, d.version, d.based_on, d.updated_at, d.updated_by, u.name as by_name
    from ${table} d left join "user" u on u.tenant_id = d.tenant_id and u.id = d.updated_by where d.tenant_id = $1 and d.key = $2`
  const insert = `insert into ${table} (tenant_id, key, name, ${column}, version, based_on, created_at, updated_at, updated_by) values ($1,$2,$3,$4,$5,$6,$7,$7,$8)
    on conflict (tenant_id, key) do update set name = excluded.name, ${column} = excluded.${column}, version = excluded.version, based_on = excluded.based_on, updated_at = excluded.updated_at, updated_by = excluded.updated_by`

  async function of(ctx: Ctx, key: string): Promise<DraftOf<T> | null> {
    const [r] = await ctx.query<Row<T> & Record<string, unknown>>(select, [ctx.tenant.id, key])
    return r ? { key: r.key, name: r.name, content: r.content, version: r.version, basedOn: r.based_on, at: r.updated_at, by: r.updated_by, byName: r.by_name } : null
  }
  async function write(ctx: Ctx, key: string, content: T, version: number, basedOn: number | null): Promise<DraftOf<T>> {
    const { name, value } = await kind.stored(key, content)
    await ctx.query(insert, [ctx.tenant.id, key, name, value, version, basedOn, ctx.now(), ctx.user?.id ?? null])
    return (await of(ctx, key))!
  }
  async function unchanged(ctx: Ctx, key: string, seen: number): Promise<DraftOf<T> | null> {
    const now = await of(ctx, key)
    if ((now?.version ?? 0) !== seen) fail('DRAFT_CHANGED', { name: now?.byName ?? '有人', version: now?.version ?? 0, at: now?.at ?? null, gone: now === null })
    return now
  }
  const gone = (ctx: Ctx, key: string) => ctx.query(`delete from ${table} where tenant_id = $1 and key = $2`, [ctx.tenant.id, key])

  return {
    of,
    async create(ctx, key, content) {
      await kind.lock(ctx, key)
      if (await kind.newest(ctx, key) || await of(ctx, key)) return fail(kind.errors.exists, { key })
      return write(ctx, key, content, 1, null)
    },
    async save(ctx, key, content, seen, basedOn) {
      await kind.lock(ctx, key)
      const now = await unchanged(ctx, key, seen)
      const last = await kind.newest(ctx, key)
      if (!now && (!last || last.foreign)) return fail(kind.errors.unknown, { key })
      return write(ctx, key, content, seen + 1, basedOn ?? (now ? now.basedOn : last!.version))
    },
    async drop(ctx, key, seen) {
      await kind.lock(ctx, key)
      if (!await unchanged(ctx, key, seen)) fail('DRAFT_MISSING')
      await gone(ctx, key)
    },
    async publish(ctx, key, o) {
      await kind.lock(ctx, key)
      const draft = await unchanged(ctx, key, o.seen)
      if (!draft) return fail('DRAFT_MISSING')
      const last = (await kind.newest(ctx, key))?.version ?? 0
      if (last !== o.over) fail('PUBLISHED_MEANWHILE', { version: last })
      const published = await kind.publish(ctx, key, draft.content, o.note)
      if (!published.changed) return fail('NOTHING_TO_PUBLISH', { version: published.version })
      await gone(ctx, key)
      return published
    },
  }
}
