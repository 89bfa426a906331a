import { defineAction, fail } from '@quancheng/kernel'
import { checkTable, createDecisionDraft, decisionDraftOf, decisionLines, decisionTableOf, dropDecisionDraft, publishDecisionDraft, saveDecisionDraft, type DecisionDraft } from '@quancheng/process'
import { z } from 'zod'
import { tableFromFile } from '../rules/from-file.ts'
import { KEY, SEEN, TABLE, XML } from '../rules/table-schema.ts'
import { blankTable, templateTable, TEMPLATES } from '../templates/index.ts'

export const READ = { label: ['查看决策表', 'See decision tables'], permission: 'decision:read', scoped: false, readOnly: true } as const
export const EDIT = { label: ['编辑与发布决策表', 'Edit and publish decision tables'], permission: 'decision:edit', scoped: false } as const

/** What an editor needs after a save: not the table, which it has. */
const saved = ({ table: _, ...rest }: DecisionDraft) => rest

export const draftActions = [
  defineAction({ name: 'decisions', method: 'GET', path: '/api/decisions', ...READ, run: async ctx => ({ items: await decisionLines(ctx) }) }),
  defineAction({ name: 'decisionTemplates', method: 'GET', path: '/api/decision-templates', ...READ, run: () => Promise.resolve({ items: TEMPLATES.map(({ id, name, about, table }) => ({ id, name, about, table })) }) }),
  defineAction({
    name: 'decision', method: 'GET', path: '/api/decisions/:key', ...READ, input: KEY,
    async run(ctx, { key }) {
      const [line] = await decisionLines(ctx, key)
      if (!line) return fail('DECISION_UNKNOWN', { key })
      const draft = line.draft ? await decisionDraftOf(ctx, key) : null
      return { ...line, table: draft?.table ?? (await decisionTableOf(ctx, key)).table }
    },
  }),
  defineAction({
    name: 'createDecision', method: 'POST', path: '/api/decisions', status: 201, ...EDIT,
    input: KEY.extend({ name: z.string().trim().min(1, '请写决策表的名称').max(100), template: z.string().max(60).optional(), xml: XML.optional(), decisionId: z.string().max(200).optional() }),
    async run(ctx, { key, name, template, xml, decisionId }) {
      const made = xml ? tableFromFile(xml, decisionId) : template ? templateTable(template) : blankTable()
      return createDecisionDraft(ctx, key, { ...made, id: key, name })
    },
  }),
  defineAction({
    name: 'saveDecisionDraft', method: 'PUT', path: '/api/decisions/:key/draft', ...EDIT, input: KEY.extend({ table: TABLE, seen: SEEN }),
    run: async (ctx, { key, table, seen }) => saved(await saveDecisionDraft(ctx, key, table, seen)),
  }),
  defineAction({
    name: 'importDecision', method: 'POST', path: '/api/decisions/:key/import', ...EDIT, input: KEY.extend({ xml: XML, decisionId: z.string().max(200).optional(), seen: SEEN }),
    async run(ctx, { key, xml, decisionId, seen }) {
      const [line] = await decisionLines(ctx, key)
      return saveDecisionDraft(ctx, key, { ...tableFromFile(xml, decisionId), ...(line ? { name: line.name } : {}) }, seen)
    },
  }),
  defineAction({ name: 'dropDecisionDraft', method: 'DELETE', path: '/api/decisions/:key/draft', ...EDIT, input: KEY.extend({ seen: SEEN }), run: (ctx, { key, seen }) => dropDecisionDraft(ctx, key, seen) }),
  defineAction({ name: 'checkDecision', method: 'POST', path: '/api/decisions/:key/check', ...READ, input: KEY.extend({ table: TABLE }), run: (_, { key, table }) => Promise.resolve(checkTable({ ...table, id: key })) }),
  defineAction({
    name: 'publishDecision', method: 'POST', path: '/api/decisions/:key/publish', ...EDIT, input: KEY.extend({ seen: SEEN, over: SEEN, note: z.string().max(500).default('') }),
    run: (ctx, { key, ...o }) => publishDecisionDraft(ctx, key, o),
  }),
  defineAction({
    name: 'restoreDecision', method: 'POST', path: '/api/decisions/:key/restore', ...EDIT, input: KEY.extend({ version: z.number().int().positive(), seen: SEEN }),
    async run(ctx, { key, version, seen }) {
      const [line] = await decisionLines(ctx, key)
      return saved(await saveDecisionDraft(ctx, key, (await decisionTableOf(ctx, key, version)).table, seen, line?.version ?? version))
    },
  }),
]
