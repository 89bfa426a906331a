import { defineModule, MENTION_EVENT } from '@quancheng/kernel'
import './rules/errors.ts'
import { publicActions, publicImages } from './actions/public.ts'
import { readActions } from './actions/read.ts'
import { writeActions } from './actions/write.ts'
import * as entities from './entities/index.ts'
import { countJob, countLater, JOB_COUNT } from './store/count.ts'
import { tellMentioned } from './store/mentions.ts'
import { JOB_REVIEW, reviewJob } from './store/versions.ts'

/** 知识库: what is known of faults, where it is needed; and who is named in a comment hears of it (KB-01, KB-02, KB-05, KB-09). */
export const knowledge = defineModule({
  name: 'knowledge',
  label: ['知识库', 'Knowledge'],
  acts: { 'article.withdraw': ['撤下', 'Withdraw'], 'article.publish': ['发布', 'Publish'] },
  entities: Object.values(entities),
  actions: [...writeActions, ...readActions, ...publicActions],
  permissions: [
    { code: 'article:create', label: ['写知识', 'Write articles'] }, { code: 'article:update', label: ['改知识', 'Change articles'], scoped: true }, { code: 'article:publish', label: ['批准、撤下知识', 'Approve and withdraw'], scoped: true },
  ],
  listeners: [{ name: 'knowledge.mention', event: MENTION_EVENT, run: tellMentioned }],
  jobs: { [JOB_REVIEW]: reviewJob, [JOB_COUNT]: countJob },
  routes: publicImages,
  setup: countLater,
})
export default knowledge

export { Article } from './entities/index.ts'
export { useArticle } from './actions/read.ts'
export { begin, publish, turn, withdraw } from './store/versions.ts'
export { diffLines, type DiffLine } from './rules/diff.ts'
