import { Worker } from 'node:worker_threads'
import { fail } from '@quancheng/kernel'
import type { OrderDocument } from './order.ts'
import type { TextDocument } from './text.ts'

const SECONDS = 20, MEGABYTES = 512, AT_ONCE = 2
let running = 0

/** The order as a PDF (A4, the characters used embedded, text can be copied). PAPER_BUSY while two others are being made. */
export async function makePdf(order: OrderDocument | TextDocument): Promise<Buffer> {
  if (running >= AT_ONCE) fail('PAPER_BUSY')
  running++
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order, resourceLimits: { maxOldGenerationSizeMb: MEGABYTES } })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the document took too long')), SECONDS * 1000)
      worker.once('message', (data: Uint8Array) => resolve(Buffer.from(data)))
      worker.once('error', reject)
      worker.once('exit', code => reject(new Error(`the document's thread ended with ${code}`)))
    })
  } finally {
    clearTimeout(timer)
    running--
    await worker.terminate()
  }
}
