import { defineAction, fail } from '@quancheng/kernel'
import { checkDraft, createDraft, designs, draftOf, dropDraft, publishDraft, saveDraft, xmlOf } from '@quancheng/process'
import { z } from 'zod'
import { namesIn, spoken } from '../rules/spoken.ts'
import { doubts } from '../rules/doubts.ts'
import { withDrawing } from '../rules/drawing.ts'
import { blankXml } from '../templates/blank.ts'
import { renamed, templateXml } from '../templates/index.ts'

const KEY = z.object({ key: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, '编号用小写字母、数字和连字符，以字母开头') })
const XML = z.string().min(1).max(2_000_000)
const SEEN = z.coerce.number().int().min(0)
const READ = { label: ['查看流程', 'Processes'], permission: 'process:read', scoped: false, readOnly: true } as const
const WRITE = { label: ['发布流程', 'Deploy a process'], permission: 'process:deploy', scoped: false } as const

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** The file's process under the name that the person gave it. */
const called = (xml: string, name: string): string => xml.replace(/<(?:[\w-]+:)?process\b[^>]*>/, tag =>
  (/\sname="[^"]*"/.test(tag) ? tag.replace(/\sname="[^"]*"/, () => ` name="${escape(name)}"`) : tag.replace(/\bprocess\b/, whole => `${whole} name="${escape(name)}"`)))

export const draftActions = [
  defineAction({ name: 'processDesigns', method: 'GET', path: '/api/process-designs', ...READ, run: async ctx => ({ items: await designs(ctx) }) }),
  defineAction({
    name: 'processDesign', method: 'GET', path: '/api/process-designs/:key', ...READ, input: KEY,
    async run(ctx, { key }) {
      const [design] = await designs(ctx, key)
      if (!design) return fail('PROCESS_UNKNOWN', { key })
      const draft = await draftOf(ctx, key)
      return { ...design, xml: draft?.xml ?? await withDrawing((await xmlOf(ctx, key)).xml) }
    },
  }),
  defineAction({
    name: 'createProcessDesign', method: 'POST', path: '/api/process-designs', status: 201, ...WRITE,
    input: KEY.extend({ name: z.string().trim().min(1, '请写流程的名称').max(100), template: z.string().max(60).optional(), xml: XML.optional() }),
    async run(ctx, { key, name, template, xml }) {
      const made = xml ? called(await withDrawing(xml), name) : template ? renamed(templateXml(template), template, key, name) : blankXml(key, name)
      return createDraft(ctx, key, made)
    },
  }),
  defineAction({
    name: 'saveProcessDraft', method: 'PUT', path: '/api/process-designs/:key/draft', ...WRITE, input: KEY.extend({ xml: XML, seen: SEEN, foreign: z.boolean().optional() }),
    async run(ctx, { key, xml, seen, foreign }) {
      const { xml: _, ...saved } = await saveDraft(ctx, key, foreign ? await withDrawing(xml) : xml, seen)
      return saved
    },
  }),
  defineAction({ name: 'dropProcessDraft', method: 'DELETE', path: '/api/process-designs/:key/draft', ...WRITE, input: KEY.extend({ seen: SEEN }), run: (ctx, { key, seen }) => dropDraft(ctx, key, seen) }),
  defineAction({
    name: 'checkProcess', method: 'POST', path: '/api/process-designs/:key/check', ...WRITE, readOnly: true, input: KEY.extend({ xml: XML }),
    async run(ctx, { xml }) {
      const { problems, warnings, process } = await checkDraft(ctx, xml)
      const names = await namesIn(xml)
      return { problems: problems.map(p => spoken(p, names)), warnings: [...warnings, ...(process ? doubts(process) : [])].map(p => spoken(p, names)) }
    },
  }),
  defineAction({
    name: 'publishProcess', method: 'POST', path: '/api/process-designs/:key/publish', ...WRITE, input: KEY.extend({ seen: SEEN, over: SEEN, note: z.string().max(500).default('') }),
    run: (ctx, { key, ...o }) => publishDraft(ctx, key, o),
  }),
  defineAction({
    name: 'restoreProcessVersion', method: 'POST', path: '/api/process-designs/:key/restore', ...WRITE, input: KEY.extend({ version: z.number().int().positive(), seen: SEEN }),
    async run(ctx, { key, version, seen }) {
      const [design] = await designs(ctx, key)
      const { xml: _, ...saved } = await saveDraft(ctx, key, (await xmlOf(ctx, key, version)).xml, seen, design?.version ?? version)
      return saved
    },
  }),
]
