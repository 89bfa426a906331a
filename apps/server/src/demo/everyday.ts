import type { Ctx } from '@quancheng/kernel'
import { storeDeliveries, storePrinters, storeTodos } from './counter.ts'
import { lately, storeAnswers, storeCalls, storeTries } from './lately.ts'
import { storeSettings, storeSuspects } from './settings.ts'
import { storeTelephone } from './telephone.ts'
import { storeTold } from './told.ts'
import type { DemoWorld } from './world.ts'

const DAYS = 60

/** Everything around the requests that such a company has after some months, so that no page of the menu is empty. After the requests, parts and rules. */
export async function storeEveryday(ctx: Ctx, w: DemoWorld): Promise<void> {
  const all = await lately(ctx, w, DAYS)
  await storeSettings(ctx, w)
  await storeSuspects(ctx, w, all)
  await storeAnswers(ctx, w, all)
  await storeTries(ctx, w, all)
  await storeCalls(ctx, w, all)
  await storePrinters(ctx, w, all)
  await storeDeliveries(ctx, w)
  await storeTelephone(ctx, w)
  await storeTodos(ctx, w, all)
  await storeTold(ctx, w, all)
}
