/** The little of moddle's dynamic objects that we read, typed. */
export interface Moddle {
  $type: string
  $attrs?: Record<string, unknown>
  $parent?: Moddle
  id?: string
  name?: string
  get?: (name: string) => unknown
}

export function get(element: Moddle, name: string): unknown {
  return element.get ? element.get(name) : (element as unknown as Record<string, unknown>)[name]
}

export function text(element: Moddle, name: string): string | null {
  const value = get(element, name)
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

export function one(element: Moddle, name: string): Moddle | null {
  const value = get(element, name)
  return isModdle(value) ? value : null
}

export function many(element: Moddle, name: string): Moddle[] {
  const value = get(element, name)
  return Array.isArray(value) ? value.filter(isModdle) : []
}

function isModdle(value: unknown): value is Moddle {
  return typeof value === 'object' && value !== null && typeof (value as Moddle).$type === 'string'
}

/** Children of extensionElements of one qc type, e.g. `qc:Outcome`. */
export function extensions(element: Moddle, type?: string): Moddle[] {
  const holder = one(element, 'extensionElements')
  const all = holder ? many(holder, 'values') : []
  return type ? all.filter((e) => e.$type === type) : all
}

export function documentation(element: Moddle): string | null {
  const lines = many(element, 'documentation').map((d) => text(d, 'text')).filter((t) => t !== null)
  return lines.length ? lines.join('\n') : null
}

/** `bpmn:UserTask` → `userTask`, as people know it from the file. */
export function tagName(type: string): string {
  const local = type.slice(type.indexOf(':') + 1)
  return local.charAt(0).toLowerCase() + local.slice(1)
}

export function called(element: Moddle): string {
  return element.name ? `“${element.name}”` : `“${element.id ?? tagName(element.$type)}”`
}
