import { registerErrors } from '@quancheng/kernel'

registerErrors({
  DEAL_SURVEY_LINK: [404, '链接不对，请从收到的消息里再打开一次', 'This link leads nowhere'],
  DEAL_SURVEY_ANSWERED: [410, '您已经评价过，谢谢', 'You have answered already, thank you'],
  DEAL_SURVEY_OVER: [410, '交付已超过 {days} 天，评价已截止', 'It is more than {days} days ago'],
  TEMPLATE_THERE: [409, '“{name}”已经装入', '“{name}” is installed already'],
  POINT_UNKNOWN: [422, '没有触点“{code}”', 'No touch point “{code}”'],
})
