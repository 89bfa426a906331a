import assert from 'node:assert/strict'
import { createServer, type Server, type Socket } from 'node:net'
import { after } from 'node:test'
import { LOOPBACK_PRINTERS, printersAtRest } from '@quancheng/paper'
import type { Station } from './station.ts'

/** A printer for tests: listens on a port of its own and keeps what each connection brought. */
export interface TestPrinter { port: number; papers: Buffer[]; /** refuses from now on, as if switched off */ switchOff(): Promise<void>; switchOn(): Promise<void>; /** takes the bytes and breaks the connection before the end */ jam: boolean }

export async function testPrinter(): Promise<TestPrinter> {
  const papers: Buffer[] = [], open = new Set<Socket>()
  let server: Server | null = null
  const listen = (port: number): Promise<number> => new Promise((resolve, reject) => {
    server = createServer(socket => {
      const chunks: Buffer[] = []
      open.add(socket)
      socket.on('data', chunk => { chunks.push(chunk); if (printer.jam) socket.resetAndDestroy() })
      socket.on('end', () => { papers.push(Buffer.concat(chunks)) })
      socket.on('error', () => {})
      socket.on('close', () => open.delete(socket))
    }).once('error', reject).listen(port, '127.0.0.1', () => resolve((server!.address() as { port: number }).port))
  })
  const stop = (): Promise<void> => new Promise(resolve => { if (!server) return resolve(); for (const s of open) s.destroy(); server.close(() => resolve()); server = null })
  const printer: TestPrinter = { port: await listen(0), papers, jam: false, switchOff: stop, switchOn: async () => { await listen(printer.port) } }
  after(stop)
  return printer
}

/** Registers it at a station; printers on this machine are allowed for the test. */
export async function addPrinter(s: Station, p: TestPrinter, o: Record<string, unknown> = {}): Promise<string> {
  s.app.runtime.services.set(LOOPBACK_PRINTERS, true)
  const r = await s.admin.post('/api/printers', { unitId: s.units.HZ01, name: '前台', address: '127.0.0.1', port: p.port, width: 'w80', papers: ['voucher', 'label'], ...o })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return r.body.id
}

/** All that is due is done and everything handed to printers has come to an end. */
export async function settled(s: Station): Promise<void> {
  await s.app.worker!.idle()
  await printersAtRest(s.app.runtime)
}
