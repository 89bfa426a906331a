import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { say, withCompany } from './company.ts'
import { oneRound, summarise, type Figures, type Operation, type Round } from './drive.ts'
import { operations, peers } from './operations.ts'
import { readOptions, type Options } from './options.ts'
import { measurePieces } from './pieces.ts'
import { startProgram } from './program.ts'
import { machine, markdown, type Report, type SizeResult } from './report.ts'

/** All operations, in an order in which later ones find what earlier ones made; warm-up first, then the rounds. */
async function measure(all: readonly Operation[], o: Options): Promise<Figures[]> {
  const wanted = all.filter(op => !o.only.length || o.only.some(key => op.key.startsWith(key)))
  let first = 0
  const series = async (callers: number): Promise<Map<Operation, Round>> => {
    const rounds = new Map<Operation, Round>()
    for (const op of wanted) rounds.set(op, await oneRound(op, { callers, requests: o.requests, first, seconds: o.seconds }))
    first += o.requests
    return rounds
  }
  await series(1)
  await series(Math.max(...o.callers))
  const figures: Figures[] = []
  const byCallers: Array<[number, Array<Map<Operation, Round>>]> = []
  for (const callers of o.callers) {
    const rounds: Array<Map<Operation, Round>> = []
    for (let i = 0; i < o.rounds; i++) rounds.push(await series(callers))
    byCallers.push([callers, rounds])
  }
  for (const op of wanted) for (const [callers, rounds] of byCallers) figures.push(summarise(op, callers, rounds.map(r => r.get(op)!)))
  return figures
}

const runSize = (size: number, o: Options, told: (postgres: string) => void): Promise<SizeResult> => withCompany(size, o, async ({ kept, setting, target, postgres, step }) => {
  told(postgres)
  step('测量程序…')
  const figures = await measure(operations(kept.org, kept.loaded, target), o)
  step('测量对照…')
  const peer = await startProgram('bench/peer.ts', [], { env: { BENCH_PEER: JSON.stringify(setting) }, ready: /http:\/\/localhost:(\d+)/ })
  try { figures.push(...await measure(peers(kept.org, kept.loaded, { ...target, port: peer.port, pid: peer.pid }), o)) } finally { await peer.stop() }
  step('完成')
  return { size, figures, loaded: kept.loaded }
})

const o = readOptions(process.argv.slice(2))
const sizes: SizeResult[] = []
let postgres = ''
for (const size of o.sizes) sizes.push(await runSize(size, o, v => { postgres = v }))
const report: Report = {
  machine: machine(postgres), requestsPerRound: o.requests, rounds: o.rounds, pieces: o.pieces ? await measurePieces() : [],
  sizes: sizes.map(s => ({ ...s, loaded: s.loaded && { seconds: s.loaded.seconds, open: s.loaded.open, phases: s.loaded.phases, rows: s.loaded.rows, megabytes: s.loaded.megabytes } })),
}
const file = path.resolve(o.json ?? path.join(import.meta.dirname, 'results', `${report.machine.at.slice(0, 19).replaceAll(':', '')}.json`))
mkdirSync(path.dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(report, null, 1)}\n`)
console.log(markdown(report))
say(`\n${path.relative(process.cwd(), file)}`)
