import { Worker } from 'node:worker_threads'
import type { ReportDocument } from '../rules/report.ts'

const SECONDS = 30

/** The report as a PDF; equal documents give equal bytes. */
export async function reportPdf(report: ReportDocument): Promise<Buffer> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: report, resourceLimits: { maxOldGenerationSizeMb: 512 } })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the report took too long')), SECONDS * 1000)
      worker.once('message', (data: Uint8Array) => resolve(Buffer.from(data)))
      worker.once('error', reject)
      worker.once('exit', code => reject(new Error(`the report's thread ended with ${code}`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
