import { AppError, attachmentOf, fail, type Ctx } from '@quancheng/kernel'
import { isScan } from '../rules/scan.ts'
import { ruleOf } from './rule.ts'

/**
 * The file that shows the contract signed, for the record of the signing; null where none is given and the company does not ask for one.
 * @throws CONTRACT_SCAN, CONTRACT_SCAN_FILE
 */
export async function scanFor(ctx: Ctx, contractId: string, fileId: string | undefined): Promise<{ id: string; name: string; version: number } | null> {
  if (!fileId) return (await ruleOf(ctx)).scanToSign ? fail('CONTRACT_SCAN') : null
  const file = await attachmentOf(ctx, fileId).catch((error: unknown) => { if (error instanceof AppError) return null; throw error })
  if (file?.entity !== 'contract' || file.recordId !== contractId || !isScan(file.content)) return fail('CONTRACT_SCAN_FILE', { name: file?.name ?? '所选文件', fields: [{ field: 'scanId', code: 'SCAN', message: '要的是这份合同附件里的 PDF 或图片' }] })
  return { id: file.id, name: file.name, version: file.version }
}
