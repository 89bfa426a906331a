import { defineTexts } from '@quancheng/ui'

export const ts = defineTexts({
  title: ['叫号屏', 'Called numbers'], please: ['请到柜台', 'Please come'], counter: ['{n} 号柜台', 'Counter {n}'], waiting: ['等候中', 'Waiting'], waitingN: ['还有 {n} 位', '{n} waiting'], waitingNone: ['没有人在等', 'Nobody waits'], skipped: ['过号请到前台', 'Missed: ask the desk'], none: ['暂时没有叫号', 'Nobody is called just now'],
  sound: ['打开声音', 'Turn the sound on'], soundHint: ['浏览器要求先点一下才能出声', 'The browser wants one click first'], down: ['连接中断，正在重新连接', 'Connecting again'], say: ['请{number}号，到{counter}号柜台', 'Number {number}, counter {counter}, please'], unknown: ['没有这个服务站', 'No such station'],
})
