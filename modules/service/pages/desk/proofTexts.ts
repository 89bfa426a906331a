import { defineTexts } from '@quancheng/ui'

export const tv = defineTexts({
  phone: ['客户的手机号', 'The customer’s phone'],
  proven: ['手机号已验证', 'Phone proven'], unproven: ['手机号未验证', 'Phone not proven'],
  send: ['发验证码', 'Send a code'], sendAgain: ['重发', 'Send again'], again: ['{n} 秒后可重发', 'again in {n} s'],
  code: ['6 位验证码', '6 digits'], digits: ['验证码是 6 位数字', 'The code has 6 digits'], done: ['手机号已验证', 'Phone proven'],
  sent: ['已发到客户手机，10 分钟内有效；请客户念给您听', 'Sent, good for 10 minutes: ask the customer to read it out'],
  sentLog: ['短信渠道是试用的，没有真的发出：验证码在程序日志里', 'The channel is for trying out: the code is in the program’s log'],
  noSms: ['还没有启用短信，发不了验证码；不验证也可以继续办理', 'No SMS channel is on: go on without'],
  noMessages: ['座机收不到短信', 'A land line takes no messages'], other: ['这个请求留的电话和客户登记的不同，先改成一致再验证', 'The request names another phone than its customer'],
  must: ['验证以后才能打印取机凭证', 'Needed before the voucher'],
})
