import { registerErrors } from '@quancheng/kernel'

registerErrors({
  VOICE_UNIT: [400, '请选择接待的服务站', 'Choose the station'],
  VOICE_NOT_FOUND: [404, '没有找到，请核对编号和查询码', 'Not found: check the number and the code'],
  VOICE_LINK: [404, '这个链接已经失效', 'This link is no longer valid'],
  VOICE_ANSWERED: [410, '您已经答复过，谢谢', 'You have answered already, thank you'],
  VOICE_REASON: [400, '请写明哪里不满意', 'Say what is still wrong'],
  VOICE_NOT_ASKED: [409, '现在不在等客户意见', 'No verdict is awaited now'],
  VOICE_SAME_UNIT: [409, '这件投诉本来就在{unit}', 'It is with {unit} already'],
  VOICE_NOT_NOW: [409, '已经答复客户或已关闭，不能再转给别的站', 'Answered or closed: it cannot be handed over any more'],
  VOICE_ELSEWHERE: [409, '这里只登记本站的投诉；别的站的，请在本部或那个站登记', 'Only this station’s complaints are registered here'],
  VOICE_NODE: [409, '有站点节点的站不能转出、转入投诉，请在接手的站重新登记', 'Stations with a node of their own take no complaints over: register it there'],
  RATING_GIVEN: [409, '已评价', 'Rated already'],
  RATING_NONE: [404, '这个台席刚才没有叫过号', 'No number was called to this counter'],
  RATING_TICKET: [404, '没有这个号：{ticket}', 'There is no number {ticket}'],
  RATING_NOT_YET: [409, '还没有开始接待，服务后再评价', 'Not served yet'],
})
