import { defineTexts } from '@quancheng/ui'

export const tn = defineTexts({
  title: ['站点节点', 'Station nodes'], add: ['新建节点', 'New node'], station: ['服务站', 'Station'], name: ['名称', 'Name'], nameHint: ['不填就用站名', 'The station’s name if left empty'], create: ['生成接入码', 'Make a code'],
  none: ['还没有站点节点', 'No station nodes'], noneHint: ['给网络不稳的站装一台自己的机器：断了网照常接待、维修、交机，恢复后自动与本部合到一处。点“新建节点”开始', 'Give a station with a poor line a machine of its own: it works without its network and agrees with head office afterwards'],
  state: ['状态', 'State'], heard: ['最近联系', 'Last heard'], upTo: ['已上传到', 'Sent up to'], waiting: ['待上传', 'To send'], behind: ['待下发', 'To fetch'], version: ['版本', 'Version'], clock: ['时钟差', 'Clock'], conflictsN: ['冲突', 'Conflicts'], never: ['还没有联系过', 'Never'],
  waiting_s: ['待接入', 'Waiting'], active_s: ['使用中', 'In use'], ended_s: ['已收回', 'Taken back'], silent: ['联系不上', 'Out of reach'],
  fast: ['快 {n} 秒', '{n} s fast'], slow: ['慢 {n} 秒', '{n} s slow'], clockWrong: ['这台机器的时间与本部差 {n} 秒，请校准：取号时间、时限都按它自己的钟', 'Its clock differs by {n} s, please set it'],
  code: ['接入码', 'Joining code'], codeOnce: ['接入码只显示这一次', 'Shown this once'], codeUntil: ['有效至', 'Good until'], codeHow: ['在站里的机器上、新的数据目录里执行一次，之后照常启动：', 'On the station’s machine, in a new data folder, once:'], newCode: ['重新生成接入码', 'New code'], newCodeAsk: ['旧的接入码立即失效。已接入的机器不受影响', 'The old code ends at once'],
  takeBack: ['收回', 'Take back'], takeBackAsk: ['收回“{name}”？', 'Take “{name}” back?'], takeBackNote: ['本部重新接管这个站的请求；那台机器还没上传的 {n} 条不会再收，机器从此连不上本部。办理中的环节在本部继续计时', 'Head office takes over; what that machine has not sent is not taken any more'], takenBack: ['已收回', 'Taken back'],
  conflicts: ['两处都改过的记录', 'Changed in both places'], conflictsHint: ['断网期间本部和站里改了同一条记录：后改的生效，另一边的值列在这里，看过后点“知道了”', 'The later change stands; the other is shown here'], stands: ['生效', 'Stands'], lost: ['没有生效', 'Did not stand'], field: ['字段', 'Field'], hqWon: ['本部的生效', 'Head office’s stands'], stationWon: ['站里的生效', 'The station’s stands'], seen: ['知道了', 'Seen'],
  here: ['本机是站点节点 {code}，节点在本部管理', 'This is the node of {code}; nodes are managed at head office'], copied: ['已复制', 'Copied'],
  synced: ['已同步', 'In sync'], cut: ['断网 {since} 起', 'Cut off since {since}'], toSend: ['{n} 条待上传', '{n} to send'], refused: ['本部拒收', 'Head office refuses'], syncedAt: ['最近同步 {at}', 'Last {at}'], works: ['照常办理，恢复后自动上传', 'Work goes on; everything is sent when the line is back'],
})
