import path from 'node:path'

/** The folder of the repository. */
export const root = path.join(import.meta.dirname, '..')

/** Whether this file is the program that was started, and not one that it imports. */
export function isMain(meta: ImportMeta): boolean {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === meta.filename
}
