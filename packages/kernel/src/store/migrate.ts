import { createHash, createHmac } from 'node:crypto'
import pg from 'pg'

/** A database server as its owner reaches it. */
export interface OwnerConnection { host?: string; port?: number; user?: string; password?: string; database: string; connectionString?: string }

export interface Migration { name: string; sql: string }

const LOCK = 7_315_204_418 // any fixed number: two processes that start at once migrate one after the other

/**
 * Applies the migrations that a database has not seen, each in one transaction, in the order of their names. An applied file
 * that has changed since is refused: history is not rewritten.
 */
export async function migrate(owner: pg.Client, migrations: readonly Migration[], log: (line: string) => void = () => {}): Promise<string[]> {
  const done: string[] = []
  await owner.query('select pg_advisory_lock($1)', [LOCK])
  try {
    await owner.query('create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())')
    const seen = new Map((await owner.query<{ name: string; hash: string }>('select name, hash from migration')).rows.map(r => [r.name, r.hash]))
    const known = new Set(migrations.map(m => m.name))
    const unknown = [...seen.keys()].filter(n => !known.has(n))
    if (unknown.length) throw new Error(`数据库比程序新（${unknown.join('、')}），请升级程序 / the database is newer than this program`)
    for (const m of [...migrations].toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const hash = createHash('sha256').update(m.sql.replaceAll('\r\n', '\n')).digest('hex')
      const before = seen.get(m.name)
      if (before === hash) continue
      if (before) throw new Error(`迁移文件 ${m.name} 在执行之后被改过 / migration ${m.name} was changed after it ran`)
      await owner.query('begin')
      try {
        await owner.query(m.sql)
        await owner.query('insert into migration (name, hash) values ($1, $2)', [m.name, hash])
        await owner.query('commit')
      } catch (error) {
        await owner.query('rollback')
        throw new Error(`迁移 ${m.name} 失败：${(error as Error).message}`, { cause: error })
      }
      done.push(m.name)
      log(`migrated ${m.name}`)
    }
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [LOCK])
  }
  return done
}

/** Tables that the application may add to and never change. */
const APPEND_ONLY = ['audit']

/**
 * The role that the application connects as: it owns nothing, can't bypass row-level security, and its password follows from
 * the owner's connection, so that every process of an installation knows it without a shared file.
 */
export async function ensureAppRole(owner: pg.Client, database: string, secret: string, appendOnly: readonly string[] = []): Promise<{ user: string; password: string }> {
  const id = createHash('sha256').update(database).digest('hex').slice(0, 10)
  const user = `quancheng_app_${id}`
  const password = createHmac('sha256', secret).update(`app role of ${database}`).digest('hex')
  await owner.query('select pg_advisory_lock($1)', [LOCK])
  try {
    const { rows } = await owner.query<{ changed: boolean; rolbypassrls: boolean }>('select rolbypassrls, rolsuper or rolcreatedb or rolcreaterole as changed from pg_roles where rolname = $1', [user])
    try {
      if (!rows[0]) await owner.query(`create role ${user} login nosuperuser nocreatedb nocreaterole password '${password}'`)
      // on a role that is as it should be, only what an owner without superuser rights may say
      else await owner.query(`alter role ${user} login password '${password}'${rows[0].changed ? ' nosuperuser nocreatedb nocreaterole' : ''}`)
    } catch (error) {
      throw new Error('DATABASE_URL 的用户需要 CREATEROLE 权限，以建立受行级安全约束的应用角色 / the user of DATABASE_URL needs CREATEROLE', { cause: error })
    }
    if (rows[0]?.rolbypassrls) throw new Error(`role ${user} bypasses row-level security`)
    await owner.query(`grant usage on schema public to ${user}`)
    await owner.query(`grant select, insert, update, delete on all tables in schema public to ${user}`)
    await owner.query(`grant usage, select on all sequences in schema public to ${user}`)
    await owner.query(`revoke insert, update, delete on migration from ${user}`)
    await owner.query(`revoke insert, delete on tenant from ${user}`)
    for (const t of [...APPEND_ONLY, ...appendOnly]) await owner.query(`revoke update, delete, truncate on "${t}" from ${user}`)
    await owner.query(`grant execute on function redact_audit(text, uuid, text[]) to ${user}`)
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [LOCK])
  }
  return { user, password }
}
