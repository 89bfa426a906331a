import { registerErrors } from '@quancheng/kernel'

registerErrors({
  SURVEY_ANSWERED: [410, '您已经评价过，谢谢', 'You have answered already, thank you'],
  SURVEY_NOT_YET: [409, '取机以后才能评价', 'Only after pick-up'],
  SURVEY_OVER: [410, '取机已超过 {days} 天，评价已截止', 'It is more than {days} days since pick-up'],
})
