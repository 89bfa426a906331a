import { attach, fail, type Ctx } from '@quancheng/kernel'
import { docxPlaceholders, fillDocx, type Placeholder } from '../rules/fill/docx.ts'
import { fillXlsx, xlsxPlaceholders } from '../rules/fill/xlsx.ts'
import { textOf, lookUp, type FillScope } from '../rules/fill/value.ts'
import { OfficeFileError } from '../rules/ooxml/parts.ts'
import { dataFor, unknownOf } from './data.ts'

export type TemplateKind = 'docx' | 'xlsx'
export const MEDIA: Record<TemplateKind, string> = { docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

export interface TemplateFile { id: string; name: string; kind: TemplateKind; content: Buffer }
export interface Template { id: string; name: string; entity: string; fileName: string | null; active: boolean }
export interface Filled { name: string; mediaType: string; content: Buffer; /** placeholders that nothing filled */ unknown: string[] }

const kindOf = (name: string): TemplateKind | null => (/\.docx$/i.test(name) ? 'docx' : /\.xlsx$/i.test(name) ? 'xlsx' : null)

/** The template's file: the newest Word or Excel file that hangs on it. */
export async function templateFile(ctx: Ctx, templateId: string): Promise<TemplateFile | null> {
  const [a] = await ctx.query<{ id: string; name: string; content: Buffer }>(
    "select id, name, content from attachment where tenant_id = $1 and entity = 'documentTemplate' and record_id = $2 and name ~* '\\.(docx|xlsx)$' order by id desc limit 1", [ctx.tenant.id, templateId])
  return a ? { ...a, kind: kindOf(a.name)! } : null
}

/** Template files are read by whoever fills them, although they may not see where templates are kept: the right asked for is that on the record. @throws NOT_FOUND */
export async function templateOf(ctx: Ctx, id: string): Promise<Template> {
  const [t] = await ctx.query<Template & Record<string, unknown>>('select id, name, entity, file_name as "fileName", active from document_template where tenant_id = $1 and id::text = $2', [ctx.tenant.id, id])
  return t ?? fail('NOT_FOUND', { entity: 'documentTemplate', id })
}

const inWords = <T>(run: () => T): T => { try { return run() } catch (error) { if (error instanceof OfficeFileError) return fail('TEMPLATE_FILE', { reason: error.message }); throw error } }

export const placeholdersOf = (file: TemplateFile): Placeholder[] => inWords(() => (file.kind === 'docx' ? docxPlaceholders(file.content) : xlsxPlaceholders(file.content)))

/** Fills given bytes with given data: for modules that keep their own texts. */
export const fillBytes = (kind: TemplateKind, content: Uint8Array, data: FillScope): Buffer => Buffer.from(inWords(() => (kind === 'docx' ? fillDocx(content, data) : fillXlsx(content, data))))

/**
 * A template filled from one record: its fields by Chinese label or name, references one step, lists, and what modules registered. The
 * caller sees in it what they see on screen. `more` goes before all of that.
 * @throws TEMPLATE_EMPTY, TEMPLATE_OFF, TEMPLATE_OTHER, TEMPLATE_FILE, NOT_FOUND
 */
export async function fillTemplate(ctx: Ctx, templateId: string, record: { entity: string; id: string }, more: FillScope = {}): Promise<Filled> {
  const template = await templateOf(ctx, templateId), file = await templateFile(ctx, template.id), entity = ctx.entities.get(record.entity)
  if (template.entity !== record.entity) fail('TEMPLATE_OTHER', { name: template.name, entity: ctx.entities.find(template.entity)?.label[0] ?? template.entity })
  if (!template.active) fail('TEMPLATE_OFF', { name: template.name })
  if (!file) return fail('TEMPLATE_EMPTY', { name: template.name })
  const asked = placeholdersOf(file), named = [...(template.fileName ?? '').matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)].map(m => ({ name: m[1]!, section: false, within: [] }))
  const data = { ...await dataFor(ctx, entity, record.id, [...asked, ...named]), ...more }
  const name = (template.fileName ?? '').replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (_, n: string) => textOf(lookUp(n, [data]))).replace(/[\u0000-\u001f/\\:*?"<>|]/g, '_').trim() || template.name
  return { name: `${name.slice(0, 120)}.${file.kind}`, mediaType: MEDIA[file.kind], content: fillBytes(file.kind, file.content, data), unknown: unknownOf(ctx, entity, asked).filter(n => !Object.hasOwn(more, n)) }
}

/** The same, hung on the record as a file. Whoever may read the record may add files to it. */
export async function attachFilled(ctx: Ctx, templateId: string, record: { entity: string; id: string }, more: FillScope = {}): Promise<{ attachmentId: string; name: string; unknown: string[] }> {
  const filled = await fillTemplate(ctx, templateId, record, more)
  return { attachmentId: await attach(ctx, record.entity, record.id, filled), name: filled.name, unknown: filled.unknown }
}
