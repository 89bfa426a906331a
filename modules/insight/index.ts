import { defineModule } from '@quancheng/kernel'
import { analysis, analysisFiles, analysisRows } from './actions/analysis.ts'
import { teamRowsAction, teamView } from './actions/team.ts'
import * as entities from './entities/index.ts'

/** 洞察: what the record of the work says about it, for the station, the region and head office. It reads what others write. */
export const insight = defineModule({
  name: 'insight',
  label: ['洞察', 'Insight'],
  entities: Object.values(entities),
  actions: [analysis, analysisRows, teamView, teamRowsAction],
  routes: analysisFiles,
})
export default insight

export * from './entities/index.ts'
