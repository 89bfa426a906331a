import { normalise } from './text.ts'

/*
 * 同义词: words that mean the same to the people of a company, kept by them. Nothing is indexed anew: a query that holds one of a group asks for
 * every word of the group, from the next request on, in every search box.
 */

/** Word → all words of the groups that it is in, itself among them. Normalised. */
export type Synonyms = ReadonlyMap<string, readonly string[]>
export const NO_SYNONYMS: Synonyms = new Map()

export const MAX_WORD_LENGTH = 20
export const MAX_WORDS_OF_GROUP = 12
/** More of them in one query would only make it slow: nobody types so many. */
const MAX_IN_QUERY = 4

/** The words of a group as it is written: `无法开机、开不了机、不开机`. */
export const wordsOfGroup = (text: string): string[] =>
  [...new Set(normalise(text, 600).split(/[、，,；;|\n]+/).map(w => w.trim().replace(/\s+/g, ' ')).filter(Boolean))]

export function synonymsOf(groups: readonly string[]): Synonyms {
  const all = new Map<string, Set<string>>()
  for (const group of groups) {
    const words = wordsOfGroup(group).slice(0, MAX_WORDS_OF_GROUP)
    for (const word of words) {
      const known = all.get(word) ?? new Set([word])
      for (const other of words) known.add(other)
      all.set(word, known)
    }
  }
  return new Map([...all].map(([word, set]) => [word, [...set]]))
}

/** A stretch of the query: as typed, or a word that others stand for as well. */
export interface Stretch { text: string; words: readonly string[] | null }

const LETTER = /[\p{L}\p{N}]/u
const HAN = /\p{Script=Han}/u

/** A word written in letters is found as a whole only: `pc` is not in `pcb`. Han text has no borders to look for. */
const standsAlone = (text: string, at: number, word: string): boolean => {
  const apart = (a: string | undefined, b: string | undefined): boolean => !a || !b || !LETTER.test(a) || !LETTER.test(b) || HAN.test(a) || HAN.test(b)
  return apart(text[at - 1], word[0]) && apart(word.at(-1), text[at + word.length])
}

/** Takes a normalised query apart where words of groups stand in it, the longest first; null where there is none. */
export function stretches(text: string, synonyms: Synonyms): Stretch[] | null {
  if (synonyms.size === 0) return null
  const found: Array<{ at: number; word: string }> = []
  for (let at = 0; at < text.length && found.length < MAX_IN_QUERY;) {
    let taken = ''
    for (let length = Math.min(MAX_WORD_LENGTH, text.length - at); length >= 2 && !taken; length--) {
      const word = text.slice(at, at + length)
      if (synonyms.has(word) && standsAlone(text, at, word)) taken = word
    }
    if (taken) found.push({ at, word: taken })
    at += taken.length || 1
  }
  if (found.length === 0) return null
  const parts: Stretch[] = []
  let from = 0
  for (const { at, word } of found) {
    if (at > from) parts.push({ text: text.slice(from, at), words: null })
    parts.push({ text: word, words: synonyms.get(word)! })
    from = at + word.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), words: null })
  return parts
}
