import { defineTexts } from '@quancheng/ui'

export const tm = defineTexts({
  manual: ['流程手册', 'Process handbook'], back: ['返回', 'Back'], help: ['帮助', 'Help'], print: ['打印', 'Print'], draft: ['草稿，尚未发布', 'Draft, not published'], version: ['第 {n} 版', 'Version {n}'],
  edition: ['版本', 'Version'], published: ['发布', 'Published'], printed: ['打印日期', 'Printed'], object: ['对象', 'Object'], overview: ['一览', 'Overview'], no: ['序', 'No.'], step: ['环节', 'Step'], role: ['岗位', 'Post'], limit: ['时限', 'Limit'], results: ['办理结果', 'Results'], result: ['结果', 'Result'], goes: ['去向', 'Leads to'],
  anybody: ['不限岗位', 'anybody'], working: ['（工作时间）', ' (working time)'], warn: ['用到 {n}% 预警', 'warned at {n}%'], pause: ['可因这些原因暂停：', 'may pause for: '], remind: ['催办：进入后 ', 'reminded after '], stage: ['阶段', 'Stage'],
  guide: ['服务规范', 'Guide'], items: ['必做事项', 'Must-do'], optional: ['可选', 'optional'], script: ['话术', 'Script'], must: ['必说', 'must'], fields: ['填写', 'Fill in'], required: ['必填', 'required'], readonly: ['只看', 'read only'], comment: ['须写说明', 'comment required'], only: ['仅“{outcomes}”时', 'only for {outcomes}'], when: ['{condition} 时', 'when {condition}'],
  after: ['超过 {d} 未办', 'not done after {d}'], stops: ['中断本环节，转', 'stops this step'], besides: ['本环节继续，同时', 'besides'], end: ['结束', 'end'], nowhere: ['到此为止', 'ends here'], ends: ['可能的结局：', 'Possible ends: '], automatic: ['系统自动办理', 'Done by the system'],
})
