import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { fail, registerErrors } from '../errors.ts'
import { MAX_WORD_LENGTH, MAX_WORDS_OF_GROUP, wordsOfGroup } from './synonyms.ts'

registerErrors({
  SYNONYM_FEW: [422, '一组同义词至少写两个词，用顿号分开', 'A group needs two words at least'],
  SYNONYM_MANY: [422, '一组同义词至多 {max} 个', 'A group has {max} words at most'],
  SYNONYM_WORD: [422, '“{word}”不能作同义词：每个词 2 至 {max} 个字', '“{word}” cannot be a synonym: 2 to {max} characters each'],
})

/** 同义词: a group of words that find each other in every search of the company, in force at once. */
export const Synonym = defineEntity('synonym', {
  label: ['同义词', 'Synonyms'],
  icon: 'search',
  fields: {
    words: f.text(['同义词', 'Words'], { required: true, max: 300, search: 'text', help: ['意思一样的几个词，用顿号分开，如 无法开机、开不了机', 'Words that mean the same, with commas between'] }),
    note: f.text(['说明', 'Note'], { max: 200 }),
    off: f.boolean(['停用', 'Off'], { default: false }),
  },
  display: ['words'],
  list: ['words', 'note', 'off', 'updatedAt'],
  // compiled with the tenant's metadata: whoever asks next asks with it
  affectsMeta: true,
  hooks: {
    before(_ctx, c) {
      if (typeof c.draft.words !== 'string') return
      const words = wordsOfGroup(c.draft.words)
      if (words.length < 2) fail('SYNONYM_FEW')
      if (words.length > MAX_WORDS_OF_GROUP) fail('SYNONYM_MANY', { max: MAX_WORDS_OF_GROUP })
      const wrong = words.find(w => [...w].length < 2 || w.length > MAX_WORD_LENGTH || !/[\p{L}\p{N}]/u.test(w))
      if (wrong !== undefined) fail('SYNONYM_WORD', { word: wrong, max: MAX_WORD_LENGTH })
      c.draft.words = words.join('、')
    },
  },
})
