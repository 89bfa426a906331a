import { registerErrors } from '@quancheng/kernel'

registerErrors({
  PAPER_UNKNOWN: [404, '没有这种单据', 'There is no such paper'],
  PAPER_NOT_READY: [409, '还不能打印{paper}，先补全：{missing}', '{paper} cannot be printed yet: {missing} missing'],
  PAPER_BUSY: [503, '正在生成别的单据，请过几秒再试', 'Other documents are being made; try again in a few seconds'],
  PRINTER_NONE: [409, '本站没有可以打印{paper}的打印机，请用浏览器打印，或请管理员登记一台', 'There is no printer for {paper} at this station'],
  PRINTER_ADDRESS: [422, '“{value}”不是打印机的地址：请填 IP 地址或机器名，不带 http:// 和端口', '{value} is no address of a printer'],
  PRINTER_PORT: [422, '打印机端口应在 1024–65535 之间，一般是 9100', 'The port must be between 1024 and 65535'],
  PRINT_NOT_OPEN: [409, '这张已经打印或已经取消', 'This one is printed or cancelled already'],
  PRINT_UNDERWAY: [409, '正在发给打印机，请稍等', 'It is being sent to the printer'],
})
