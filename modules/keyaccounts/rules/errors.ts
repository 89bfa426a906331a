import { registerErrors } from '@quancheng/kernel'

registerErrors({
  TIER_RUNNING: [409, '正在重算，请等它完成', 'A recomputation is under way'],
  TIER_JOINED: [409, '已经在重点客户计划里', 'In the programme already'],
  TIER_NOT_JOINED: [404, '这个客户还没有加入重点客户计划', 'Not in the programme'],
  TIER_LINK: [404, '这个链接已经失效', 'This link is no longer valid'],
  GROUP_NONE: [409, '这个客户的下级没有可以汇总的分支协议', 'No branch agreements below this customer'],
  GROUP_UNITS: [409, '分支协议的计量单位不同（{units}），不能汇总成一份集团协议', 'The branch agreements count in different units ({units})'],
  GROUP_CONTRACT: [409, '要签的必须是这个客户自己的、还没有签的集团协议', 'Not an unsigned group agreement of this customer'],
  GROUP_DAYS: [409, '到期日不能早于生效日', 'It would end before it begins'],
  PRICE_HQ: [403, '须总部：{group} 的价格由总部统一确定，请提交调价申请', 'Head office decides the prices of {group}: send a price request'],
  PRICE_NO_GROUP: [409, '这份合同不属于集团客户，可以直接改价', 'No group stands above it: change the price itself'],
  PRICE_DECIDED: [409, '这份申请已经有结论', 'Decided already'],
  PRICE_SAME: [400, '新单价和现在的一样', 'The price is the same'],
  TEAM_TWICE: [409, '这个人已经在虚拟团队里', 'In the team already'],
  TEAM_GROUP: [409, '虚拟团队建在集团或有下级的客户上', 'A team belongs to a group'],
  TEAM_PAST: [409, '到期日不能早于今天', 'The last day lies in the past'],
  TEAM_NOT_IN: [409, '这个人不在虚拟团队里', 'Not in the team'],
  TEAM_NOT_MEMBER: [403, '只有虚拟团队成员可以写反馈', 'Only members of the team write feedback'],
  REPORT_KIND: [409, '这一天没有要出的{kind}', 'No such report is due on that day'],
})
