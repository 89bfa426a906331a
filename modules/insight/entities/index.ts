export { LabourRate } from './labour-rate.ts'
export { WorkTarget } from './work-target.ts'
