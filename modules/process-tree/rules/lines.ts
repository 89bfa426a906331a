import { createHash } from 'node:crypto'

export const MAX_ITEM = 200

/** Items written one a line; a leading number or dash of somebody's list is not part of them. */
export const linesOf = (text: string | null | undefined): string[] =>
  [...new Set((text ?? '').split(/\r?\n/).map(line => line.replace(/^\s*(?:\d+[.、)]|[-*·])\s*/, '').trim()).filter(line => line !== ''))]

/** The id of an item follows from its words: rewording it makes another item, and what was ticked stays what was ticked. */
export const itemId = (kind: 'before' | 'after', node: string, text: string): string =>
  `tree:${kind}:${createHash('sha256').update(`${node}\n${text}`).digest('hex').slice(0, 16)}`
