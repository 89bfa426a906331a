import type { Ctx, Runtime } from '@quancheng/kernel'

/** What a program that does service tasks is given. `key`: the same at every try of one task, to be handed on as idempotency key. */
export interface ServiceCall {
  key: string
  input: Readonly<Record<string, unknown>>
  headers: Readonly<Record<string, string>>
  variables: Readonly<Record<string, unknown>>
  entity: string | null
  record: Readonly<Record<string, unknown>> | null
  caseId: string
  attempt: number
}
/** Answers variables for the case. It runs in a transaction of its own, before the task is completed: after a crash in between it runs again with the same `key`. */
export type ServiceHandler = (ctx: Ctx, call: ServiceCall) => Promise<Record<string, unknown> | void>

/** What the model can catch: the error with this code. Any other throw is a broken program, which is tried again. */
export class ProcessHandlerError extends Error {
  readonly code: string
  readonly variables: Record<string, unknown>

  constructor(code: string, message = code, variables: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ProcessHandlerError'
    this.code = code
    this.variables = variables
  }
}

export interface HandlerOptions { /** tries in all, where the model does not say (zeebe or qc `retries`) */ retries?: number; /** seconds that one try may take */ timeoutSeconds?: number; /** what people call it, Chinese and English */ label?: readonly [string, string]; /** what it is to be called with, for who draws the process */ inputs?: readonly HandlerInput[] }
export interface HandlerInput { name: string; label: readonly [string, string]; required?: boolean }
export interface KnownHandler { run: ServiceHandler; retries: number; timeoutSeconds: number; label: readonly [string, string] | null; inputs: readonly HandlerInput[] }

const SERVICE = 'process.handlers'

/** Registers a program for service tasks, when the application is wired (`ModuleSpec.start`). Tasks of other names wait for workers outside. */
export function registerHandler(runtime: Runtime, name: string, run: ServiceHandler, o: HandlerOptions = {}): void {
  const all = (runtime.services.get(SERVICE) as Map<string, KnownHandler> | undefined) ?? new Map<string, KnownHandler>()
  all.set(name, { run, retries: o.retries ?? 3, timeoutSeconds: o.timeoutSeconds ?? 20, label: o.label ?? null, inputs: o.inputs ?? [] })
  runtime.services.set(SERVICE, all)
}

export const handlerOf = (runtime: Runtime, name: string): KnownHandler | undefined => (runtime.services.get(SERVICE) as Map<string, KnownHandler> | undefined)?.get(name)
export const handlersOf = (runtime: Runtime): ReadonlyMap<string, KnownHandler> => (runtime.services.get(SERVICE) as Map<string, KnownHandler> | undefined) ?? new Map()
export const handlerNames = (runtime: Runtime): string[] => [...handlersOf(runtime).keys()]
