export { ImportPlan } from './import-plan.ts'
export { ImportRun } from './import-run.ts'
