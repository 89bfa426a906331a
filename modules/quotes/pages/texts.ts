import { defineTexts } from '@quancheng/ui'

export const tq = defineTexts({
  lines: ['明细', 'Lines'], product: ['产品编码、名称或拼音', 'Product code or name'], item: ['名称', 'Item'], quantity: ['数量', 'Quantity'], list: ['目录价', 'List'], price: ['单价', 'Price'], discount: ['折扣%', 'Off %'], amount: ['金额', 'Amount'],
  addLine: ['加一行', 'Add a line'], removeLine: ['删除这一行', 'Remove the line'], whole: ['整单折扣（%）', 'Off the whole %'], listSum: ['目录价合计', 'At list price'], sum: ['报价金额', 'Amount'], below: ['低于目录价 {n}%', '{n}% below list'],
  save: ['保存', 'Save'], saved: ['已保存', 'Saved'], unsaved: ['有改动还没有保存', 'Not saved yet'], keys: ['回车到下一行，Ctrl+S 保存；可以从表格里粘贴（编码、数量、单价、折扣）', 'Enter: next line, Ctrl+S: save; rows of a spreadsheet can be pasted'],
  wrong_item: ['请选产品或写名称', 'Choose a product or write a name'], wrong_quantity: ['数量应大于 0，最多三位小数', 'A quantity above 0'], wrong_price: ['单价应为金额，最多两位小数', 'A price with two places'], wrong_tooMuch: ['数量和单价乘起来太大：一行要少于 100 亿元', 'Too much: a line is below ten thousand million'], wrong_discount: ['折扣在 0 到 100 之间，最多两位小数', 'A discount of 0 to 100'],
  noPrice: ['价格表里没有这个产品的价格，请填单价', 'No price in the books: enter one'], fromBook: ['{book}', '{book}'], noProduct: ['没有找到，按名称写也可以', 'Not found: a name will do'], notFound: ['有 {n} 行没有找到产品，按名称放进去了', '{n} rows have no product'],
  submit: ['提交', 'Submit'], send: ['发给客户', 'Send'], withdraw: ['撤回', 'Withdraw'], newVersion: ['做新版', 'New version'], pdf: ['PDF', 'PDF'], copyLink: ['复制客户链接', 'Copy the link'], copied: ['链接已复制', 'Copied'], accept: ['客户接受了', 'Accepted'], decline: ['客户谢绝了', 'Declined'], whyDeclined: ['谢绝的原因', 'Why declined'],
  toApproval: ['折扣超过限度，已送审批', 'Beyond the limit: sent for approval'], toSend: ['可以发给客户了', 'It can be sent now'], sentOk: ['已发出；链接可以复制给客户', 'Sent'], sentTold: ['已发出，并通知了客户', 'Sent, and the customer was told'], backToDraft: ['已撤回，可以修改', 'Withdrawn'], versionMade: ['第 {n} 版已建好，在这里修改', 'Version {n}'], recorded: ['已记下', 'Recorded'],
  willAsk: ['{item} 低于目录价 {rate}%，超过 {limit}%，提交后要审批', '{item} {rate}% below list, more than {limit}%: needs approval'], willRefuse: ['{item} 低于目录价 {rate}%，超过最多的 {limit}%，不能提交', '{item} {rate}% below list, more than {limit}%: not allowed'],
  difference: ['和第 {n} 版的差别', 'Against version {n}'], added: ['新增', 'Added'], removed: ['去掉', 'Removed'], changed: ['改动', 'Changed'], same: ['明细没有差别', 'No difference'], versions: ['版本', 'Versions'], version: ['第 {n} 版', 'Version {n}'], process: ['审批过程', 'Approval'],
  margin: ['毛利', 'Margin'], marginText: ['¥{amount}，毛利率 {rate}%（按目录价 {list}%）', '¥{amount}, {rate}% ({list}% at list)'], empty: ['还没有明细', 'No lines yet'],
  quotes: ['报价单', 'Quotes'], newQuote: ['做报价', 'New quote'], noQuotes: ['还没有报价', 'No quotes yet'], all: ['全部', 'All'],
  preferences: ['客户偏好', 'Preferences'],
  // the customer's page
  title: ['报价单', 'Quote'], forWhom: ['致：{name}', 'For {name}'], until: ['有效期至 {d}', 'Valid until {d}'], total: ['合计', 'Total'], wholeOff: ['整单折扣 {n}%', '{n}% off the whole'], yes: ['接受报价', 'Accept'], no: ['谢绝', 'Decline'], sureYes: ['确定接受，金额 {sum}？', 'Accept for {sum}?'], sureNo: ['确定谢绝？请写明原因', 'Decline? Say why'], reason: ['原因', 'Reason'], reasonNeeded: ['请写明原因', 'Say why'], back: ['返回', 'Back'], confirm: ['确定', 'Confirm'], download: ['下载 PDF', 'Download PDF'], contact: ['联系我们：{who}', 'Contact: {who}'], down: ['暂时连不上，请稍后再试', 'Try again later'],
  said_accepted: ['您已接受这份报价', 'You accepted this quote'], said_declined: ['您已谢绝这份报价', 'You declined this quote'], said_expired: ['这份报价已过有效期，请联系我们', 'This quote is no longer valid'], said_replaced: ['这份报价已有新版，请看新的链接', 'There is a newer version'], said_other: ['这份报价现在不能答复', 'It cannot be answered now'],
})
