/**
 * Search tokens for Chinese business records. PostgreSQL's own parser sees a Chinese sentence as one word, and a dictionary
 * misses what it does not know; so Han text becomes overlapping pairs of characters with positions, and a query is the
 * phrase of its pairs: every part of a text, from two characters on, is found. Names are also found by pinyin.
 *
 * How a search uses the two halves of a compiled query:
 *   tsv @@ tsquery::tsquery  OR  (code IS NOT NULL AND codes LIKE '%' || code || '%')
 * The tsquery is complete by itself; `code` adds the middle of a number, which no word index finds.
 */

import { pinyin, polyphonic } from 'pinyin-pro'
import { NO_SYNONYMS, stretches, type Synonyms } from './synonyms.ts'
import { normalise } from './text.ts'

export interface SearchParts {
  /** Any prose. */
  texts: string[]
  /** Names of people and companies: found by pinyin and initials too. */
  names: string[]
  /** Phones, serial numbers, request numbers, mail addresses. */
  codes: string[]
}

export interface SearchDocument {
  /** A tsvector literal, to be cast ::tsvector. Names weigh A, codes B, texts D. */
  tsv: string
  /** Codes in lower case, as written and without separators, a space between: for pg_trgm. */
  codes: string
}

export interface CompiledQuery {
  /** To be cast ::tsquery; all words of the input must be there, or for each another of its synonyms. */
  tsquery: string
  /** What is looked for, to be marked in a hit: the words as typed, and their synonyms. */
  words: readonly string[]
  /** Set when the whole input can be a piece of one code: letters and digits only, at least 3, so safe inside LIKE. */
  code: string | null
}

const MAX_LEXEMES = 2000
/** Names and codes go first and may not eat the room of the texts. */
const MAX_NAME_AND_CODE_LEXEMES = 1000
const MAX_POSITION = 16_383
const MAX_NAME_AND_CODE_POSITION = 8000
/** PostgreSQL keeps 256 positions of a lexeme and drops the rest in silence. */
const MAX_POSITIONS_OF_LEXEME = 255
const MAX_TEXT_LENGTH = 20_000
const MAX_NAME_LENGTH = 500
const MAX_WORD_LENGTH = 64
const MAX_PIECES = 5
const MAX_CODE_LENGTH = 128
const MAX_CODES_LENGTH = 4000
const MAX_QUERY_LENGTH = 200
const MAX_QUERY_TERMS = 64
const MAX_NAME_UNITS = 24
/** Up to so many characters a name is a person's, where every usual reading is worth indexing. */
const PERSON_NAME_LENGTH = 4
const MAX_READINGS_OF_NAME = 12

/** Scripts written without blanks; group 1 is such a run, group 2 a word of any other script. */
const RUNS = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+)|([[\p{L}\p{N}\p{M}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]]+)/gv
const LETTER_DIGIT_BORDER = /(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u
const NOT_LETTER_OR_DIGIT = /[^\p{L}\p{N}]+/gu
const HAN = /\p{Script=Han}/u

interface Run { han: boolean; text: string }

export function indexDocument(parts: SearchParts): SearchDocument {
  const index = new LexemeIndex()
  index.limit = MAX_NAME_AND_CODE_LEXEMES
  index.lastPosition = MAX_NAME_AND_CODE_POSITION
  const codes: string[] = []
  for (const code of parts.codes) indexCode(index, code, codes)
  for (const name of parts.names) indexName(index, name)
  // Shortest first with an equal share of what is left: one long text cannot hide the title beside it.
  const texts = parts.texts.map(text => normalise(text, MAX_TEXT_LENGTH)).sort((a, b) => a.length - b.length)
  texts.forEach((text, i) => {
    const share = (total: number, used: number): number => used + Math.floor((total - used) / (texts.length - i))
    index.limit = share(MAX_LEXEMES, index.size)
    index.lastPosition = share(MAX_POSITION, index.position)
    indexRuns(index, text, '')
  })
  return { tsv: index.literal(), codes: [...new Set(codes)].join(' ').slice(0, MAX_CODES_LENGTH) }
}

/** Null when there is nothing to search for, such as an empty input or an emoji. */
export function compileQuery(input: string, synonyms: Synonyms = NO_SYNONYMS): CompiledQuery | null {
  const text = normalise(input, MAX_QUERY_LENGTH)
  const typed = termsOf(text, MAX_QUERY_TERMS)
  if (typed.length === 0) return null
  const parts = stretches(text, synonyms)
  const plain = parts?.filter(p => !p.words) ?? [{ text }]
  const words = [...plain.flatMap(p => runsOf(p.text).map(r => r.text)), ...(parts ?? []).flatMap(p => p.words ?? [])]
  const either = parts?.flatMap(p => (p.words ? [`(${p.words.map(w => allOf(termsOf(w, MAX_QUERY_TERMS))).join(' | ')})`] : termsOf(p.text, MAX_QUERY_TERMS).filter(isNoParticle)))
  return { tsquery: either ? `${allOf(typed)} | ${allOf(either)}` : typed.join(' & '), words: [...new Set(words)], code: codeFragment(text) }
}

const allOf = (terms: readonly string[]): string => (terms.length === 1 ? terms[0]! : `(${terms.join(' & ')})`)

/** The 了 of 开不了机了 beside a synonym is none of its meaning. */
const isNoParticle = (term: string): boolean => !/^'\p{Script=Han}':\*$/u.test(term)

/** The words of a text as terms of a tsquery. */
function termsOf(text: string, most: number): string[] {
  const terms = new Set<string>()
  let room = most
  for (const run of runsOf(text)) {
    if (room <= 0) break
    const characters = run.han ? Array.from(run.text) : [run.text]
    if (characters.length === 1) {
      // A pair begins with the character, or it ends its run and stands alone: the prefix finds both.
      terms.add(`${quote(cut(characters[0]!))}:*`)
      room -= 1
    } else {
      const pairs = pairsOf(characters).slice(0, room)
      terms.add(pairs.length === 1 ? quote(pairs[0]!) : `(${pairs.map(quote).join(' <-> ')})`)
      room -= pairs.length
    }
  }
  return [...terms]
}

/** One thing that a longer text speaks of. */
export interface Term { /** to be cast ::tsquery */ tsquery: string; /** how it reads, to be marked */ words: readonly string[]; /** a word that the company has named itself says more than a pair of characters */ weight: number }

const MAX_TERMS = 40
/** Characters that bind words and mean nothing by themselves: a pair with one of them says nothing of the matter. */
const EMPTY = /[的了着吗呢吧啊就都也很还又把被在是和与而且这那个么些]/u

/** What a text of several sentences (a fault as it was told) can be looked for by: any of these, the rare ones first, which the caller weighs. */
export function compileTerms(input: string, synonyms: Synonyms = NO_SYNONYMS): Term[] {
  const terms = new Map<string, Term>()
  const put = (tsquery: string, words: readonly string[], weight: number): void => { if (!terms.has(tsquery) && terms.size < MAX_TERMS) terms.set(tsquery, { tsquery, words, weight }) }
  for (const clause of normalise(input, 1000).split(/[，。；！？,.;!?\s]+/)) {
    const parts = stretches(clause, synonyms) ?? [{ text: clause, words: null }]
    for (const p of parts) if (p.words) put(`(${p.words.map(w => allOf(termsOf(w, MAX_QUERY_TERMS))).join(' | ')})`, p.words, 3)
    for (const p of parts) {
      if (p.words) continue
      for (const run of runsOf(p.text)) {
        if (run.han) for (const pair of pairsOf(Array.from(run.text))) if (!EMPTY.test(pair)) put(quote(pair), [pair], 1)
        else if (run.text.length > 1) put(`${quote(cut(run.text))}:*`, [run.text], 1.5)
      }
    }
  }
  return [...terms.values()]
}

const WORD = String(MAX_POSITION)

/** Lexemes with positions, and the bookkeeping of PostgreSQL's limits. */
class LexemeIndex {
  limit = MAX_LEXEMES
  lastPosition = MAX_POSITION
  position = 1
  readonly #lexemes = new Map<string, string[]>()

  get size(): number {
    return this.#lexemes.size
  }

  /** Without a position the lexeme is found as a word and never as part of a phrase. */
  add(lexeme: string, position?: number, weight = ''): void {
    let positions = this.#lexemes.get(lexeme)
    if (!positions) {
      if (this.#lexemes.size >= this.limit || lexeme === '') return
      positions = []
      this.#lexemes.set(lexeme, positions)
    }
    if (position !== undefined && position <= this.lastPosition && positions.length < MAX_POSITIONS_OF_LEXEME) positions.push(`${position}${weight}`)
  }

  /** A word of a name, at the last position that PostgreSQL keeps: no phrase runs through it, and a code that holds the same word (zhangsan@…) does not take it over. */
  addWord(lexeme: string): void {
    this.add(lexeme)
    const positions = this.#lexemes.get(lexeme)
    if (positions && !positions.includes(WORD)) positions.push(WORD)
  }

  literal(): string {
    const lexemes: string[] = []
    for (const [lexeme, positions] of this.#lexemes) {
      lexemes.push(positions.length > 0 ? `${quote(lexeme)}:${positions.join(',')}` : quote(lexeme))
    }
    return lexemes.join(' ')
  }
}

function indexRuns(index: LexemeIndex, normalised: string, weight: string): void {
  for (const run of runsOf(normalised)) {
    const characters = run.han ? Array.from(run.text) : []
    // The last character has a place of its own, so that no phrase runs across a break or from one text into the next.
    const words = run.han ? [...pairsOf(characters), characters.at(-1)!] : [cut(run.text)]
    for (const word of words) {
      if (index.position > index.lastPosition) return
      index.add(word, index.position++, weight)
    }
    if (!run.han) for (const piece of laterPieces(run.text)) index.add(piece)
  }
}

/** iphone15 is also found by 15, pf1abcd by abcd. */
function laterPieces(word: string): string[] {
  const pieces = cut(word).split(LETTER_DIGIT_BORDER)
  return pieces.slice(1, MAX_PIECES).map((_, i) => pieces.slice(i + 1).join('').toWellFormed())
}

function indexCode(index: LexemeIndex, code: string, codes: string[]): void {
  const whole = normalise(code, MAX_CODE_LENGTH).replace(/[\s\0]+/g, '').slice(0, MAX_CODE_LENGTH).toWellFormed()
  const bare = whole.replace(NOT_LETTER_OR_DIGIT, '')
  if (bare === '') return
  codes.push(whole, bare)
  indexRuns(index, whole, 'B')
  if (!HAN.test(bare)) index.add(cut(bare))
  // People know the last four digits of a phone, and phones without the country.
  if (bare.length >= 7 && /\d{4}$/.test(bare)) index.add(bare.slice(-4))
  if (/^86\d{11}$/.test(bare)) index.add(bare.slice(2))
}

function indexName(index: LexemeIndex, name: string): void {
  const text = normalise(name, MAX_NAME_LENGTH)
  indexRuns(index, text, 'A')
  for (const syllables of readingsOfName(text)) {
    // Queries are prefixes, so from each syllable on to the end is enough to find any stretch of syllables or initials.
    for (let i = 0; i < syllables.length; i++) {
      const rest = syllables.slice(i)
      index.addWord(cut(rest.map(s => s.sound).join('')))
      if (rest.length > 1) index.addWord(cut(rest.map(s => s.initial).join('')))
    }
  }
}

interface Syllable { sound: string; initial: string }

/** How a name may be read, the most usual way first. Words of other scripts stand in their places: TCL集团 is tcljituan, tcljt. */
function readingsOfName(normalised: string): Syllable[][] {
  const units: Syllable[][] = []
  const runs = runsOf(normalised)
  const isPerson = runs.length === 1 && Array.from(runs[0]!.text).length <= PERSON_NAME_LENGTH
  if (!runs.some(run => run.han && HAN.test(run.text))) return []
  runs.forEach((run, i) => {
    if (units.length >= MAX_NAME_UNITS) return
    if (run.han) units.push(...readingsOfHan(run.text, i === 0, isPerson))
    else units.push([{ sound: run.text, initial: run.text }])
  })
  return combinations(units.slice(0, MAX_NAME_UNITS), MAX_READINGS_OF_NAME)
}

const PLAIN = { toneType: 'none', type: 'array', v: true } as const

/** The usual reading of a text, its syllables run together; what is no Chinese character stays. */
export const readingOf = (text: string): string => pinyin(text, PLAIN).join('')

function readingsOfHan(run: string, atStart: boolean, everyReading: boolean): Syllable[][] {
  const characters = Array.from(run).slice(0, MAX_NAME_UNITS)
  const text = characters.join('')
  const usual = pinyin(text, PLAIN)
  const asSurname = atStart ? pinyin(text, { ...PLAIN, mode: 'surname', surname: 'head' }) : usual
  return characters.map((character, i) => {
    const sounds = new Set<string>()
    for (const sound of [usual[i], asSurname[i], ...(everyReading ? readingsOfCharacter(character) : [])]) {
      // ü is typed v by some and u by others.
      if (sound && /^[a-z]+$/.test(sound)) sounds.add(sound).add(sound.replace('v', 'u'))
    }
    return Array.from(sounds, sound => ({ sound, initial: sound[0]! }))
  }).filter(syllables => syllables.length > 0)
}

/** Bounded by the number of Han characters there are. */
const readings = new Map<string, readonly string[]>()

function readingsOfCharacter(character: string): readonly string[] {
  let found = readings.get(character)
  if (!found) {
    found = polyphonic(character, PLAIN)[0] ?? []
    readings.set(character, found)
  }
  return found
}

/** The first unit changes fastest: a name is looked for by its surname. */
function combinations<T>(units: ReadonlyArray<readonly T[]>, limit: number): T[][] {
  let all: T[][] = [[]]
  for (const choices of units) {
    const next: T[][] = []
    for (const choice of choices) for (const head of all) if (next.length < limit) next.push([...head, choice])
    all = next
  }
  return all
}

/** A fragment of one code: one piece without blanks, or groups of digits as people write phones. */
function codeFragment(normalised: string): string | null {
  const text = normalised.trim()
  if (/\s/.test(text) && !/^[\d\s()+-]+$/.test(text)) return null
  const bare = text.replace(NOT_LETTER_OR_DIGIT, '')
  return /[a-z0-9]/.test(bare) && bare.length >= 3 && bare.length <= MAX_CODE_LENGTH ? bare : null
}

function runsOf(normalised: string): Run[] {
  return Array.from(normalised.matchAll(RUNS), match => ({ han: match[1] !== undefined, text: match[0] }))
}

function pairsOf(characters: readonly string[]): string[] {
  return characters.slice(1).map((character, i) => characters[i]! + character)
}

/** Index and query cut at the same place, so a long word still finds itself. */
function cut(word: string): string {
  return word.length > MAX_WORD_LENGTH ? word.slice(0, MAX_WORD_LENGTH).toWellFormed() : word
}

/** A lexeme in the input syntax of tsvector and tsquery. */
function quote(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
