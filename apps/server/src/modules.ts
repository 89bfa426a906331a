import approvals from '@quancheng/approvals'
import automation from '@quancheng/automation'
import cases from '@quancheng/cases'
import customers from '@quancheng/customers'
import decisions from '@quancheng/decisions'
import designer from '@quancheng/designer'
import hotline from '@quancheng/hotline'
import org from '@quancheng/org'
import parts from '@quancheng/parts'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import processTree from '@quancheng/process-tree'
import service from '@quancheng/service'
import simulation from '@quancheng/simulation'
import type { ModuleSpec } from '@quancheng/kernel'

/** The bricks of this installation, in the order in which their foundations are laid. */
export const modules: readonly ModuleSpec[] = [org, customers, processModule, paper, service, parts, hotline, approvals, designer, decisions, processTree, simulation, cases, automation]
