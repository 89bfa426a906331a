import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { helpPageFor } from '../apps/web/src/shell/help.ts'
import { root } from './root.ts'

const folder = path.join(root, 'docs', 'help')
const pages = globSync('*.md', { cwd: folder }).map(file => file.replace(/\.md$/, ''))
const textOf = (page: string): string => readFileSync(path.join(folder, `${page}.md`), 'utf8')

/** The faces of the modules, read as text: what they import (React, styles) only the browser can load. */
const faces = globSync('modules/*/web.ts', { cwd: root }).map(file => readFileSync(path.join(root, file), 'utf8'))
const shell = ['/', '/tasks']
const paths = [...shell, ...faces.flatMap(text => [...text.matchAll(/\bpath:\s*'([^']+)'/g)].map(match => match[1]!))]

/** Screens without the shell have no question mark; the customer's and the door's are described all the same. */
const isRecord = (address: string): boolean => address.startsWith('/e/')

test('every screen of the menu and of the modules has a help page that its question mark opens', () => {
  assert.ok(paths.length > 10, 'the menus were read')
  const missing = paths.map(address => address.replace(/:\w+/g, '0')).filter(address => isRecord(address) || !/^\/(p|n|b|voucher)(\/|$)/.test(address))
    .map(address => ({ address, page: helpPageFor(address) })).filter(({ page }) => !pages.includes(page))
  assert.deepEqual(missing, [])
})

test('a help page has a title, and its links lead to pages that are there', () => {
  for (const page of pages) {
    const text = textOf(page)
    assert.match(text, /^# \S/, `${page} begins with its title`)
    for (const [, href] of text.matchAll(/\]\(([\w.-]+\.md)\)/g)) assert.ok(existsSync(path.join(folder, href!)), `${page} → ${href}`)
  }
})

test('the list of help pages names them all: nothing is written that nobody can find', () => {
  const seen = new Set(['index'])
  const reach = (page: string): void => {
    for (const [, to] of textOf(page).matchAll(/\]\(([\w.-]+)\.md\)/g)) if (!seen.has(to!)) { seen.add(to!); reach(to!) }
  }
  reach('index')
  assert.deepEqual(pages.filter(page => !seen.has(page)), [])
})

test('documents point to files that are there', () => {
  const documents = [...globSync('{README.md,README.en.md,ARCHITECTURE.md,CONTEXT.md,CONTRIBUTING.md,docs/*.md,docs/adr/*.md}', { cwd: root })]
  assert.ok(documents.length >= 15)
  const broken = documents.flatMap(document => [...readFileSync(path.join(root, document), 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
    .map(match => match[1]!).filter(href => !existsSync(path.join(root, path.dirname(document), href))).map(href => `${document} → ${href}`))
  assert.deepEqual(broken, [])
})
