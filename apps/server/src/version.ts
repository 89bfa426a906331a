import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './config.ts'

export const VERSION: string = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }).version
