import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { checkProcesses } from '../packages/process/src/model/index.ts'

/**
 * Deploys every model of a folder (without a database) and prints which are taken and why the others are not:
 *   node scripts/bpmn-models.ts <folder> [--brief]
 */
export interface ModelResult { file: string; deployed: boolean; processes: string[]; reasons: string[] }

/** A file is deployed when each of its executable processes is; whatever throws is a fault of ours and is told as such. */
export async function tryModel(file: string, xml: string): Promise<ModelResult> {
  try {
    const checked = await checkProcesses(xml)
    const reasons = checked.flatMap((c) => c.problems).map((p) => `${p.code}@${p.elementId ?? '-'} ${p.message}`)
    return { file, deployed: reasons.length === 0, processes: checked.flatMap((c) => c.process?.id ?? []), reasons: [...new Set(reasons)] }
  } catch (error) {
    return { file, deployed: false, processes: [], reasons: [`THROWN ${error instanceof Error ? error.message : String(error)}`] }
  }
}

async function main(folder: string, brief: boolean): Promise<void> {
  const files = globSync('**/*.{bpmn,xml}', { cwd: folder }).toSorted()
  const results: ModelResult[] = []
  for (const file of files) results.push(await tryModel(file, readFileSync(path.join(folder, file), 'utf8')))
  if (!brief) for (const r of results) console.log(`${r.deployed ? '✔' : '✘'} ${r.file}${r.reasons.map((reason) => `\n    ${reason}`).join('')}`)
  const codes = Map.groupBy(results.filter((r) => !r.deployed).flatMap((r) => [...new Set(r.reasons.map((reason) => reason.split('@')[0]!))]), (c) => c)
  console.log(`${results.length} models: ${results.filter((r) => r.deployed).length} deployed, ${results.filter((r) => !r.deployed).length} refused, ${results.filter((r) => r.reasons.some((x) => x.startsWith('THROWN'))).length} thrown`)
  for (const [code, all] of [...codes].toSorted((a, b) => b[1].length - a[1].length)) console.log(`  ${String(all.length).padStart(4)} ${code}`)
}

const [folder, flag] = process.argv.slice(2)
if (import.meta.main) {
  if (folder) await main(folder, flag === '--brief')
  else console.error('usage: node scripts/bpmn-models.ts <folder> [--brief]')
}
