import { compileCalendar, createApp, defineModule } from '@quancheng/kernel'
import { processModule } from '../store/index.ts'

/* One background worker in a process of its own, for tests that kill it. Tells its parent when it works; ends when its parent is gone. */

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const frame = defineModule({ name: 'frame', label: ['框架', 'Frame'], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await createApp({ connection: JSON.parse(process.env.WORKER_CONNECTION!) as object, modules: [processModule, frame], worker: true, poolSize: 4, log: () => {} })
process.on('disconnect', () => { process.exit(0) })
process.on('message', () => { void app.close().then(() => process.exit(0)) })
process.send!('works')
