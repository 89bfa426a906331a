import { defineModule } from '@quancheng/kernel'
import './rules/errors.ts'
import { answerSurvey, surveyOf } from './actions/answer.ts'
import { surveyFigures } from './actions/figures.ts'
import { SurveyAnswer } from './entities/survey-answer.ts'
import { surveyOnTimeline } from './timeline.ts'

/** 满意度: one answer a service, by the customer's link; figures by station, person and product; a bad one is followed up. */
export const survey = defineModule({
  name: 'survey',
  label: ['满意度', 'Satisfaction'],
  entities: [SurveyAnswer],
  actions: [surveyOf, answerSurvey, surveyFigures],
  start: surveyOnTimeline,
})
export default survey

export { SurveyAnswer }
export { figuresOf } from './rules/figures.ts'
