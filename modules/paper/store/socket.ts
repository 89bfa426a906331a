import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { isForbiddenAddress } from '../rules/address.ts'

export interface Target { address: string; port: number; loopback?: boolean }

/** Seconds that connecting, sending and the printer's own goodbye may take together. */
export const SEND_SECONDS = 10

const WORDS: Record<string, string> = { ECONNREFUSED: '打印机没有应答（端口不通）', ETIMEDOUT: '打印机没有应答', EHOSTUNREACH: '找不到打印机（网络不通）', ENETUNREACH: '找不到打印机（网络不通）', ENOTFOUND: '找不到打印机（名字不对）', EAI_AGAIN: '找不到打印机（名字查不到）', ECONNRESET: '打印机中断了连接', EPIPE: '打印机中断了连接' }

/** What went wrong, in words for the person at the counter. */
export const problemOf = (error: Error): string => WORDS[(error as { code?: string }).code ?? ''] ?? (error.name === 'PrinterError' ? error.message : '没有打印成')

class PrinterError extends Error {
  constructor(message: string) { super(message); this.name = 'PrinterError' }
}

/**
 * Sends bytes to a printer's raw port. It counts as printed when the printer has taken all of them and has closed in good order. The name is
 * looked up once and the address judged before connecting. Nothing that the other side says is read.
 */
export async function sendToPrinter(to: Target, data: Buffer): Promise<void> {
  const { address } = await lookup(to.address)
  if (isForbiddenAddress(address, { loopback: to.loopback === true })) throw new PrinterError('这个地址不能作打印机')
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host: address, port: to.port })
    const timer = setTimeout(() => socket.destroy(new PrinterError('打印机没有应答')), SEND_SECONDS * 1000)
    let sent = false
    socket.on('error', reject)
    socket.on('close', () => { clearTimeout(timer); if (sent) resolve(); else reject(new PrinterError('打印机中断了连接')) })
    socket.on('connect', () => { socket.resume(); socket.end(data, () => { sent = true }) })
  })
}
