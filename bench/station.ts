import os from 'node:os'
import { endPrograms, line, newFolder, person, program, until, type Person } from '../apps/server/src/programs.testing.ts'
import { comes, company, moves, PASSWORD } from '../apps/server/src/station-day.testing.ts'

/*
 * A station without its network (SP-15): two programs on this machine, the line between them cut; what a person at the counter waits for while it is
 * cut, and how long head office needs to catch up when it is back.
 */

const percentile = (of: readonly number[], p: number): number => of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * p))]!
const shown = (name: string, of: readonly number[]): string => `${name}: ${of.length} acts, p50 ${percentile(of, 0.5).toFixed(1)} ms, p95 ${percentile(of, 0.95).toFixed(1)} ms, max ${Math.max(...of).toFixed(1)} ms`

async function timed<T>(into: number[], run: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const value = await run()
  into.push(performance.now() - began)
  return value
}

/** Twenty registrations and sixty moves, as the test of SP-15 does them; a warm-up before, as a shop has had its morning. */
async function day(at: Person, where: { lineId: string; unitId: string }, n: number): Promise<{ registers: number[]; moved: number[] }> {
  const registers: number[] = [], moved: number[] = []
  for (let i = 0; i < n; i++) {
    const id = await timed(registers, () => comes(at, where))
    for (let k = 0; k < 3; k++) await moves(at, id, moved)
  }
  return { registers, moved }
}

try {
  const hq = await program(await newFolder())
  const admin = await person(hq.url, 'admin', /密码 (\S+)/.exec(hq.lines.join('\n'))![1]!)
  const c = await company(admin), where = { lineId: c.lineId, unitId: c.hz }
  const wire = await line(hq.url)
  const { body: node } = await admin.post<{ code: string }>('/api/nodes', { unitId: c.hz })
  const station = await program(await newFolder(), { args: ['--join', wire.url, node.code] })
  const clerk = await person(station.url, 'lijie', PASSWORD)
  const count = async (): Promise<number> => (await admin.get<{ items: Array<{ number: string }> }>('/api/service-requests?limit=200')).body.items.filter(r => r.number.startsWith('HZ01')).length
  await day(clerk, where, 5)
  await until(count, n => n === 5)
  wire.cut()
  const cut = await day(clerk, where, 20)
  const began = performance.now()
  wire.mend()
  await until(count, n => n === 25)
  const caught = (performance.now() - began) / 1000
  const whole = await day(clerk, where, 20)
  console.log(`${os.cpus().length} × ${os.cpus()[0]?.model ?? ''}, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}`)
  console.log(shown('line cut, registration', cut.registers))
  console.log(shown('line cut, move', cut.moved))
  console.log(shown('line whole, registration', whole.registers))
  console.log(shown('line whole, move', whole.moved))
  console.log(`head office has the ${20} requests and their ${60} moves ${caught.toFixed(1)} s after the line is back`)
  await station.stop()
  await hq.stop()
} finally { await endPrograms() }
