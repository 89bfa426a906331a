import { defineTexts } from '@quancheng/ui'

export const tb = defineTexts({
  voucher: ['打印凭证', 'Print voucher'],
  again: ['补打凭证（已打 {n} 次）', 'Re-print voucher ({n} so far)'],
  label: ['打印标签', 'Print label'],
  slip: ['打印取号单', 'Print slip'],
  on: ['{paper}（{printer}）', '{paper} ({printer})'],
  order: ['维修单（PDF）', 'Repair order (PDF)'],
  voucherPage: ['用浏览器打印凭证', 'Voucher by the browser'],
  labelPage: ['用浏览器打印标签', 'Label by the browser'],
  more: ['更多单据', 'More papers'],
  sent: ['{paper}已发给{printer}', '{paper} sent to {printer}'],
  waiting: ['{paper}待打印', '{paper} is waiting'],
  problem: ['{paper}还没打出来：{why}', '{paper}: {why}'],
  failed: ['{paper}没有打印成：{why}', '{paper} failed: {why}'],
  retry: ['重打', 'Send again'],
  keys: ['Alt+P', 'Alt+P'],
  labelTitle: ['设备标签', 'Device label'],
  labelHint: ['标签纸 60×40 毫米；打印时边距选“无”。', 'Labels of 60 × 40 mm; choose no margins.'],
  copy: ['补打{n}', 'copy {n}'],
  paper: ['纸', 'Paper'],
  noModel: ['还没有设备型号，登记后再打印标签。', 'Register the device first.'],
})
