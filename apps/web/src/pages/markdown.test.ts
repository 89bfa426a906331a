import assert from 'node:assert/strict'
import { test } from 'node:test'
import { helpPageFor } from '../shell/help.ts'
import { groupHits } from '../shell/hits.ts'
import { inline, parseMarkdown, safeHref, titleOfMarkdown } from '@quancheng/ui/core/markdown.ts'

test('a help text becomes headings, paragraphs, lists and tables', () => {
  const blocks = parseMarkdown('# 客户\n\n第一段\n接着写\n\n- 甲\n- 乙\n  续行\n\n1. 一\n2. 二\n\n| 键 | 作用 |\n|---|---|\n| Ctrl+K | 搜索 |\n\n```\ncode\n```\n> 注意')
  assert.deepEqual(blocks.map(block => block.kind), ['heading', 'paragraph', 'list', 'list', 'table', 'code', 'quote'])
  assert.equal(blocks[2]!.kind === 'list' && blocks[2]!.items[1]![0]!.text, '乙 续行')
  assert.equal(titleOfMarkdown('x\n# 客户\n'), '客户')
})

test('bold, code and links are found inside a line', () => {
  assert.deepEqual(inline('按 **保存** 或 `Ctrl+Enter`，见[客户](customers.md)').map(part => part.kind), ['text', 'bold', 'text', 'code', 'text', 'link'])
})

test('KB-01 only an attached picture is a picture; HTML and pictures from elsewhere are text', () => {
  const id = '01a2044d-1c80-7748-bcae-bc7b4a2f8356'
  assert.deepEqual(inline(`![图](attachment:${id})`), [{ kind: 'image', text: '图', file: id }])
  for (const text of ['![图](https://evil.example/x.png)', '![图](attachment:../../x)', '<img src=x onerror=alert(1)>']) assert.deepEqual(inline(text).map(part => part.kind), ['text'])
})

test('a link that would run something is only text', () => {
  assert.equal(safeHref('javascript:alert(1)'), false)
  assert.equal(safeHref('//evil.example'), false)
  assert.deepEqual(inline('[x](javascript:alert)'), [{ kind: 'text', text: 'x' }])
})

test('every line of a text is taken, whatever it looks like', () => {
  assert.equal(parseMarkdown('#没有空格\n|\n> \n   \n-x').length > 0, true)
})

test('each page has its help, records share that of their list', () => {
  assert.equal(helpPageFor('/'), 'home')
  assert.equal(helpPageFor('/e/customers/0190aaaa'), 'customers')
  assert.equal(helpPageFor('/org/calendar'), 'org-calendar')
})

test('search hits stay in the order in which the arrow keys walk them', () => {
  const hit = (entity: string, id: string) => ({ entity, plural: entity + 's', id, title: id })
  assert.deepEqual(groupHits([hit('a', '1'), hit('b', '2'), hit('a', '3')], name => name).flatMap(group => group.hits.map(each => each.id)), ['1', '3', '2'])
})
