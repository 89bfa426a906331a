import { registerErrors } from '@quancheng/kernel'

registerErrors({
  ARTICLE_STATE: [409, '这篇知识现在是“{state}”，不能这样办', 'The article is {state}'],
  ARTICLE_NO_DRAFT: [409, '没有写好的草稿，先改再提交', 'There is nothing to submit'],
  ARTICLE_FOUR_EYES: [403, '自己写的要由别人批准', 'Somebody else must approve what one wrote'],
  ARTICLE_LIMITED: [422, '“限定”要选至少一个单位或岗位', 'Choose a unit or a role at least'],
  ARTICLE_REASON: [422, '请写原因', 'Say why'],
  ARTICLE_NOT_PUBLISHED: [409, '还没有发布，不能用', 'It is not published'],
  ARTICLE_NOTHING_DONE: [409, '这个请求还没有检验结论或维修措施，没有可写的', 'Nothing has been found or done yet'],
  ARTICLE_CHANGED: [409, '{name} 刚改过这份草稿，请刷新后再改', '{name} has just changed this draft'],
})
