import { defineEntity, f } from '@quancheng/kernel'
import { ServiceRequest } from '@quancheng/service'
import { Article } from './article.ts'
import { BODY_MAX, contentFields, TITLE_MAX } from './content.ts'

/** One text of an article: being written, waiting for approval, or published once and never changed after. */
export const ArticleVersion = defineEntity('articleVersion', {
  label: ['知识版本', 'Version of an article'],
  fields: {
    articleId: f.ref(['知识', 'Article'], () => Article, { required: true, immutable: true, onDelete: 'cascade' }),
    edition: f.integer(['版本', 'Version']),
    state: f.choice(['状态', 'State'], { draft: ['草稿', 'Draft'], review: ['待审', 'In review'], published: ['已发布', 'Published'] }, { required: true, default: 'draft' }),
    title: f.text(['标题', 'Title'], { required: true, max: TITLE_MAX }),
    body: f.text(['正文', 'Text'], { required: true, multiline: true, max: BODY_MAX }),
    ...contentFields(),
    note: f.text(['改了什么', 'What changed'], { max: 200 }),
    editorIds: f.refs(['写过的人', 'Written by'], () => 'user'),
    submittedAt: f.datetime(['提交时间', 'Submitted']),
    decidedById: f.ref(['审核人', 'Decided by'], () => 'user', { index: false, onDelete: 'setNull' }),
    decidedAt: f.datetime(['审核时间', 'Decided']),
    reason: f.text(['退回原因', 'Sent back because'], { max: 500 }),
  },
  scope: { via: 'articleId' }, display: ['title'], list: ['title', 'state'], internal: true,
  // one at a time is worked on
  indexes: [{ on: ['articleId'], unique: true, where: "state <> 'published'" }],
})

/** 用它解决了: an article and a request that it solved, once. */
export const ArticleUse = defineEntity('articleUse', {
  label: ['知识用量', 'Use of an article'],
  fields: {
    articleId: f.ref(['知识', 'Article'], () => Article, { required: true, immutable: true, onDelete: 'cascade', index: false }),
    requestId: f.ref(['服务请求', 'Request'], () => ServiceRequest, { required: true, immutable: true, onDelete: 'cascade' }),
  },
  scope: { via: 'articleId' }, display: ['articleId'], list: ['articleId', 'requestId'], internal: true, indexes: [{ on: ['articleId', 'requestId'], unique: true }],
})

export const ArticleRating = defineEntity('articleRating', {
  label: ['知识评价', 'Rating of an article'],
  fields: {
    articleId: f.ref(['知识', 'Article'], () => Article, { required: true, immutable: true, onDelete: 'cascade', index: false }),
    userId: f.ref(['谁', 'Who'], () => 'user', { required: true, immutable: true, onDelete: 'cascade', index: false }),
    useful: f.boolean(['有用', 'Useful'], { required: true }),
    reason: f.text(['原因', 'Reason'], { max: 300 }),
  },
  scope: { via: 'articleId' }, display: ['articleId'], list: ['articleId', 'useful'], internal: true, indexes: [{ on: ['articleId', 'userId'], unique: true }],
})

/** 没找到的: what people asked for and no article answers; the editor's list of what to write. */
export const ArticleMiss = defineEntity('articleMiss', {
  label: ['没找到的搜索', 'Unanswered search'],
  fields: {
    words: f.text(['搜索', 'Search'], { required: true, max: 100 }),
    times: f.integer(['次数', 'Times'], { required: true, default: 1 }),
    byCustomers: f.integer(['其中客户', 'By customers'], { required: true, default: 0 }),
    lastAt: f.datetime(['最近', 'Last'], { required: true }),
    closedAt: f.datetime(['处理时间', 'Dealt with']),
  },
  // counted where the search was made; head office's list has its own
  travels: 'never',
  display: ['words'], list: ['words', 'times'], internal: true, noAudit: true, indexes: [{ on: ['words'], unique: true }],
})
