/** A process that writes until it is killed; it tells each record only when its answer has come. For recovery.test.ts. */
import { createApp } from '../src/app.ts'
import { crm } from './fixture.ts'

const { connection, token, unitId } = JSON.parse(process.env.QC_TEST_WRITER!) as { connection: { host: string }; token: string; unitId: string }
const app = await createApp({ connection, modules: [crm], worker: true, log: () => {} })
await Promise.all(Array.from({ length: 4 }, async () => {
  for (let i = 0; i < 500; i++) {
    const r = await app.server.inject({ method: 'POST', url: '/api/accounts', headers: { authorization: `Bearer ${token}` }, payload: { name: `客户${i}`, unitId } })
    if (r.statusCode !== 201) throw new Error(r.body)
    process.stdout.write(`${r.json<{ id: string }>().id}\n`)
  }
}))
