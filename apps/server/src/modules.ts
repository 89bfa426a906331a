import customers from '@quancheng/customers'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import service from '@quancheng/service'
import type { ModuleSpec } from '@quancheng/kernel'

/** The bricks of this installation, in the order in which their foundations are laid. */
export const modules: readonly ModuleSpec[] = [org, customers, processModule, service]
