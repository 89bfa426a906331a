import { defineModule, registerRetention, sweepRecords } from '@quancheng/kernel'
import './rules/errors.ts'
import { cancelPrint, papersOf, print, printTest, retryPrint } from './actions/prints.ts'
import { PaperSetting } from './entities/paper-setting.ts'
import { Printer } from './entities/printer.ts'
import { PrintJob } from './entities/print-job.ts'
import { JOB_PRINT, printDue } from './store/send.ts'
import { setupSettings } from './store/settings.ts'

/** 单据: printers, what is on its way to them, and the words on every paper. What stands on a paper is said by the module whose record it is. */
export const paper = defineModule({
  name: 'paper',
  label: ['单据打印', 'Papers'],
  acts: { 'printJob.cancel': ['取消打印', 'Cancel'] },
  entities: [Printer, PrintJob, PaperSetting],
  actions: [print, papersOf, retryPrint, cancelPrint, printTest],
  jobs: { [JOB_PRINT]: printDue },
  start: runtime => registerRetention(runtime, { key: 'printJob', label: ['打印记录', 'Prints'], months: 12, least: 1, sweep: sweepRecords('printJob', "t.state <> 'waiting' and t.created_at < $2") }),
  setup: setupSettings,
})
export default paper

export { PaperSetting, Printer, PrintJob }
export { makePdf } from './pdf/make.ts'
export type { OrderDocument } from './pdf/order.ts'
export { blocksOf, type TextBlock, type TextDocument } from './pdf/text.ts'
export { clean } from './rules/clean.ts'
export { code128 } from './rules/code128.ts'
export { fenOf, totalOf, yuanText, type OrderLine } from './rules/money.ts'
export { copyText, PAPERS } from './rules/papers.ts'
export type { Ticket, TicketBlock } from './rules/ticket.ts'
export { copiesOf, printByItself } from './store/ask.ts'
export { printersAtRest } from './store/at-work.ts'
export { KEEPS_PAPER, LOOPBACK_PRINTERS, VIRTUAL_PRINTER, type KeepsPaper } from './store/send.ts'
export { PUBLIC_ADDRESS_SERVICE, wordsOf, type Words } from './store/settings.ts'
export { orderLines, registerOrderLines, registerPaper, type LinesOf, type PaperSource, type TicketRequest } from './store/sources.ts'
