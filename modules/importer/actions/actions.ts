import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { takeBack } from '../store/undo.ts'

export const undoRun = defineAction({
  name: 'importRunUndo', label: ['撤销导入', 'Take an import back'], method: 'POST', path: '/api/import-runs/:id/take-back', permission: 'importRun:takeBack', scoped: false,
  input: z.object({ id: z.uuid() }), run: (ctx, i) => takeBack(ctx, i.id),
})
