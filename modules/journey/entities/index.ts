export { JourneyTemplate, TouchEvent, TouchPoint } from './journey.ts'
export { CareAct, CarePlan } from './care.ts'
