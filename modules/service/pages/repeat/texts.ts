import { defineTexts } from '@quancheng/ui'

export const tr = defineTexts({
  lawTitle: ['返修与三包', 'Repeat and warranty law'], repeat: ['返修({n}天)', 'Back after {n} days'], earlier: ['上次维修', 'The earlier repair'], labourFree: ['工时建议 0 元', 'Labour proposed at 0'],
  replace: ['换机权益', 'Replacement'], loaner: ['备用机', 'Loan device'], refund: ['退货权益', 'Refund'], inRepair: ['送修第 {n} 天', 'Day {n} in repair'], limit: ['超过 {n} 天：{right}', 'after {n} days: {right}'], left: ['还有 {n} 天', '{n} days left'], passed: ['已经超过', 'passed'],
  deskRepeat: ['返修({n}天)：上次 {number} 修过，工时建议 0 元', 'Back after {n} days from {number}: labour proposed at 0'],
  title: ['返修率', 'Repeat rate'], hint: ['取机的维修里，{n} 天内又送回来的占多少。点数字看是哪几件。', 'Of the repairs picked up, how many came back within {n} days. A figure opens its rows.'],
  byUnit: ['按服务站', 'By station'], byEngineer: ['按维修人', 'By engineer'], collected: ['已取机', 'Picked up'], repeats: ['返修', 'Came back'], rate: ['返修率', 'Rate'], who: ['名称', 'Name'], nothing: ['这段时间没有取机的维修', 'Nothing was picked up'], from: ['从', 'From'], to: ['到', 'To'], total: ['合计', 'In all'],
  lawRules: ['三包时限', 'Warranty-law limits'], national: ['装入国家规定', 'Load national limits'], line: ['产品线', 'Product line'], category: ['类别', 'Kind'], computer: ['微机', 'Computer'], phone: ['手机', 'Phone'], loaded: ['装入 {n} 条，核对法规原文后启用', '{n} loaded; compare with the law, then switch on'],
  suspects: ['疑似虚假', 'Suspicious data'], suspectsHint: ['同一天里：一个电话登记了三个以上姓名，一台机器登记了三个以上电话或不同的客户，同一站有四个以上连号的电话。', 'Within a day: one telephone for three names, one device with three telephones or several customers, four telephones in a row at one station.'], none: ['没有发现', 'Nothing found'], requests: ['{n} 个请求', '{n} requests'], confirm: ['确认虚假', 'Confirm'], dismiss: ['不是虚假', 'Dismiss'], confirmed: ['已确认虚假', 'Confirmed'], dismissed: ['不是虚假', 'Dismissed'], note: ['怎么核实的', 'How it was checked'], days: ['最近 {n} 天', 'Last {n} days'], judged: ['已记录', 'Noted'], phones: ['手机号验证', 'Proven phones'], customers: ['来过的客户', 'Customers'], phonesProven: ['已验证', 'Proven'], share: ['占比', 'Share'],
})
