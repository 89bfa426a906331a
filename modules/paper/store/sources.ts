import type { Ctx, Runtime } from '@quancheng/kernel'
import type { OrderLine } from '../rules/money.ts'
import type { PaperName } from '../rules/papers.ts'
import type { Ticket } from '../rules/ticket.ts'

/** What is asked of a source: which time it is printed, by whom, and under which address the one who asked sees this program. */
export interface TicketRequest { recordId: string; copy: number; by: string; origin: string | null }

/**
 * Knows what stands on one paper of one entity. It is asked twice: `missing` before anything is put on the list (fields by the names that
 * people know; none: it may be printed), `ticket` when it is sent, with full rights. What it shows of the customer is for it to mask.
 */
export interface PaperSource {
  paper: PaperName
  entity: string
  missing(ctx: Ctx, row: Readonly<Record<string, unknown>>): readonly string[]
  /** throws where the company's own rules are against it, although nothing is missing */
  refuse?(ctx: Ctx, row: Readonly<Record<string, unknown>>): Promise<void>
  ticket(ctx: Ctx, request: TicketRequest): Promise<Ticket>
}

/** What an order of an entity charges for: the module that keeps parts and labour says it. */
export type LinesOf = (ctx: Ctx, recordId: string) => Promise<readonly OrderLine[]>

const SOURCES = 'paper.sources', LINES = 'paper.lines'

function registered<T>(runtime: Runtime, name: string): Map<string, T> {
  let all = runtime.services.get(name) as Map<string, T> | undefined
  if (!all) runtime.services.set(name, all = new Map())
  return all
}

/** Registers a paper, when the application is wired (`ModuleSpec.start`). */
export function registerPaper(runtime: Runtime, source: PaperSource): void { registered<PaperSource>(runtime, SOURCES).set(`${source.entity}/${source.paper}`, source) }
export const sourceOf = (runtime: Runtime, entity: string, paper: string): PaperSource | undefined => registered<PaperSource>(runtime, SOURCES).get(`${entity}/${paper}`)
export const sourcesOf = (runtime: Runtime, entity: string): PaperSource[] => [...registered<PaperSource>(runtime, SOURCES).values()].filter(s => s.entity === entity)

/** Registers who says what an order of an entity charges for (配件、工时); several add up, in the order of registration. */
export function registerOrderLines(runtime: Runtime, entity: string, of: LinesOf): void {
  const all = registered<LinesOf[]>(runtime, LINES)
  all.set(entity, [...(all.get(entity) ?? []), of])
}

/** All lines of a record's order; none where nobody keeps any. */
export async function orderLines(ctx: Ctx, entity: string, recordId: string): Promise<OrderLine[]> {
  const lines: OrderLine[] = []
  for (const of of registered<LinesOf[]>(ctx.runtime, LINES).get(entity) ?? []) lines.push(...await of(ctx, recordId))
  return lines
}
