import { defineTexts } from '@quancheng/ui'

export const tp = defineTexts({
  test: ['打印测试页', 'Print a test page'],
  testSent: ['测试页已发给打印机，结果看打印记录', 'The test page is on its way; see the prints'],
  retry: ['重打', 'Send again'],
  retryOn: ['改用{printer}打印', 'Print on {printer}'],
  cancel: ['取消打印', 'Cancel'],
  sent: ['已发给打印机', 'Sent to the printer'],
  cancelled: ['已取消', 'Cancelled'],
  record: ['打开单据的记录', 'Open the record'],
})
