import { defineTexts } from '@quancheng/ui'

export const th = defineTexts({
  nothingFound: ['没有找到。可以用请求号（末四位也行）、序列号、完整的电话或姓名', 'Nothing found: number, serial number, the whole telephone or the name'],
  title: ['来电', 'Calls now'], extension: ['我的分机', 'My extension'], sit: ['登记', 'Sit here'], leave: ['离席', 'Leave'], sitting: ['已登记分机 {n}', 'At extension {n}'], left: ['已离席', 'Left'], noSeat: ['先登记分机，来电才会弹到这里', 'Sit at an extension to be told of your calls'],
  quiet: ['没有来电', 'Nobody is ringing'], quietHint: ['电话一响，这里就显示是谁、有哪些在修的请求', 'When it rings, you see who it is and what is open'], ringing: ['振铃', 'Ringing'], talking: ['通话中', 'Talking'], unknown: ['没有登记过的号码', 'An unknown number'],
  openRequests: ['在办的请求', 'Open requests'], noRequests: ['没有在办的请求', 'No open request'], lastCalls: ['最近通话', 'Last calls'], noCalls: ['第一次来电', 'First call'], search: ['查请求：请求号、电话、序列号、姓名', 'Any request: number, phone, serial, name'], note: ['通话小记', 'Note'], save: ['保存', 'Save'], saved: ['已保存', 'Saved'], about: ['说的是', 'About'], complaint: ['登记投诉', 'Complaint'], newTicket: ['新建热线单', 'New ticket'], dial: ['回拨', 'Call back'], seconds: ['{n} 秒', '{n} s'],
  soFar: ['{s}已用 {d}，一共 {t}', '{s} for {d}, {t} in all'], paused: ['暂停：{why}', 'On hold: {why}'], expected: ['预计 {d} 可以取机', 'Ready {d}'], next: ['下一步 {s}', 'Next {s}'],
  tickets: ['待接单', 'To take up'], all: ['全部', 'All'], accept: ['接单', 'Accept'], refuse: ['退回', 'Send back'], reason: ['退回原因', 'Reason'], accepted: ['已接单：{n}', 'Accepted: {n}'], sentBack: ['已退回热线', 'Sent back'], noTickets: ['没有待接的热线单', 'No tickets wait'], due: ['接单时限', 'Take by'], late: ['已超时', 'late'], fault: ['故障', 'Fault'], redirect: ['改派', 'Redirect'], station: ['服务站', 'Station'], redirected: ['已改派', 'Redirected'],
  secret: ['生成密钥', 'New key'], secretAsk: ['生成新密钥？旧的立即失效。', 'A new key? The former one is void at once.'], secretOnce: ['密钥只显示这一次，请抄到电话系统里', 'Shown this once: copy it into the telephone system'], address: ['消息地址', 'Address'],
})
