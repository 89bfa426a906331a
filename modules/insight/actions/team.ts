import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { team, teamRows, WHAT } from '../store/team.ts'

/** 站长视图: each employee's current work, history and targets (SP-18). */
export const teamView = defineAction({
  name: 'team', label: ['站长视图', 'Team'], method: 'GET', path: '/api/insight/team', permission: 'serviceRequest:board', readOnly: true,
  input: z.object({ unitId: z.uuid().optional(), days: z.coerce.number().int().min(1).max(90).default(7) }), run: (ctx, q) => team(ctx, q),
})

/** The steps behind one of its figures. */
export const teamRowsAction = defineAction({
  name: 'teamRows', label: ['站长视图的环节', 'Steps behind the team'], method: 'GET', path: '/api/insight/team/rows', permission: 'serviceRequest:board', readOnly: true,
  input: z.object({ unitId: z.uuid().optional(), userId: z.uuid().optional(), what: z.enum(WHAT), day: z.iso.date().optional(), days: z.coerce.number().int().min(1).max(90).optional(), limit: z.coerce.number().int().min(1).max(500).default(200) }), run: (ctx, q) => teamRows(ctx, q),
})
