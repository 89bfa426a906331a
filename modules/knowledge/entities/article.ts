import { defineEntity, f } from '@quancheng/kernel'
import { ServiceRequest } from '@quancheng/service'
import { BODY_MAX, contentFields, TITLE_MAX } from './content.ts'

/**
 * 知识: what is known of a fault. Its row is what is published (before the first time: the draft); what is being changed is a version of its own
 * until somebody else approves it. Whoever may read any article reads the published ones that are for them, its author the drafts too.
 */
export const Article = defineEntity('article', {
  label: ['知识', 'Article'],
  icon: 'help',
  fields: {
    number: f.serial(['编号', 'Number'], 'ZS{yyyy}-{0000}', { immutable: true, unique: true, search: 'code' }),
    title: f.text(['标题', 'Title'], { required: true, search: 'name', max: TITLE_MAX }),
    body: f.text(['正文', 'Text'], { required: true, search: 'text', multiline: true, max: BODY_MAX }),
    ...contentFields(),
    state: f.choice(['状态', 'State'], { draft: ['草稿', 'Draft', 'default'], review: ['待审', 'In review', 'gold'], published: ['已发布', 'Published', 'green'], withdrawn: ['已撤下', 'Withdrawn', 'red'] }, { required: true, default: 'draft' }),
    revision: f.choice(['修订', 'Revision'], { draft: ['修订中', 'Being revised', 'default'], review: ['修订待审', 'Revision in review', 'gold'] }),
    ownerId: f.ref(['作者', 'Author'], () => 'user', { index: false, onDelete: 'setNull' }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false }),
    edition: f.integer(['版本', 'Version'], { required: true, default: 0 }),
    publishedAt: f.datetime(['发布时间', 'Published']),
    publishedById: f.ref(['批准人', 'Approved by'], () => 'user', { index: false, onDelete: 'setNull' }),
    uses: f.integer(['用量', 'Uses'], { required: true, default: 0 }),
    useful: f.integer(['有用', 'Useful'], { required: true, default: 0 }),
    useless: f.integer(['没用', 'Not useful'], { required: true, default: 0 }),
    requestId: f.ref(['来自请求', 'From request'], () => ServiceRequest, { onDelete: 'setNull' }),
    open: f.boolean(['对内可见', 'Open'], { default: false, hidden: true }),
    limited: f.boolean(['限定可见', 'Limited'], { default: false, hidden: true }),
  },
  scope: { owner: 'ownerId', unit: 'unitId', shared: 'open', among: { when: 'limited', units: 'unitIds', roles: 'roleIds' } },
  // written at either place and read at all: what helps one station helps the others
  travels: 'both',
  display: ['title'],
  list: ['number', 'title', 'state', 'visibility', 'productLineIds', 'faultCodes', 'uses', 'useful', 'useless', 'publishedAt', 'validUntil', 'ownerId'],
  managed: true,
  indexes: [{ on: ['state', 'publishedAt'] }],
  hooks: {
    before(_ctx, c) {
      const now = { ...c.before, ...c.draft } as { state?: string; visibility?: string }
      c.draft.open = now.state === 'published' && now.visibility !== 'limited'
      c.draft.limited = now.state === 'published' && now.visibility === 'limited'
    },
  },
})
