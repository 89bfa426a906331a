import { registerErrors } from '@quancheng/kernel'

registerErrors({
  NOTICE_VARIABLE: [400, '模板里没有这样的变量：{names}。可以用：{known}', 'Unknown variables: {names}. There are: {known}'],
  NOTICE_CODE: [400, '“手机验证码”的内容里要有 {验证码}，别的通知里不能有', 'The code’s own text must name the code, no other may'],
  NOTICE_TIME: [400, '“{value}”不是时间，请写成 21:00', '{value} is no time, write 21:00'],
  NOTICE_BASE: [400, '网址请写成 https://fw.example.com，后面不带路径', 'Write https://fw.example.com without a path'],
  NOTICE_HOST: [400, '不能连接 {host}：不是公网上的地址。内网的地址由装系统的人在 QUANCHENG_NOTICE_HOSTS 里列出', '{host} is not a public address; the operator lists others in QUANCHENG_NOTICE_HOSTS'],
  NOTICE_BOT_HOST: [400, '{host} 不是{kind}的地址', '{host} is not an address of {kind}'],
  NOTICE_WEBHOOK: [400, '没有认出机器人的地址，请从群机器人的设置里整条复制', 'That is no address of a bot: copy all of it'],
  NOTICE_CHANNEL: [400, '渠道的设置不完整：{field}', 'The channel is incomplete: {field}'],
  NOTICE_NO_ADDRESS: [409, '请先填写“客户打开的网址”：没有它，通知里的链接客户打不开', 'Set the address for customers first: without it they cannot open the links'],
  NOTICE_ADDRESS_IN_USE: [409, '有 {n} 个渠道正在使用，网址不能清空；可以改成新的，或先停用渠道', '{n} channels are on: the address can be changed, not removed'],
  NOTICE_NOT_OPEN: [409, '这条通知现在是“{state}”，不用处理', 'This notice is {state}: nothing to decide'],
  NOTICE_LINK: [404, '这个链接不对或已失效', 'This link is wrong or no longer good'],
})
