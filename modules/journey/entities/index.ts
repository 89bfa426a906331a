export { JourneyTemplate, TouchEvent, TouchPoint } from './journey.ts'
export { CareAct, CarePlan } from './care.ts'
export { DealSurvey } from './deal-survey.ts'
