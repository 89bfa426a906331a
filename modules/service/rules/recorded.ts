/**
 * What the activities of the process record. It is written in the activity and nowhere else, so that the record and its course agree (SP-03);
 * somebody who may re-assign work (站长) corrects a mistake, and the correction stands in the history beside the first entry.
 */
export const RECORDED = ['customerId', 'deviceId', 'serialNo', 'faultDescription', 'faultCode', 'inspectionResult', 'quotedAmount', 'customerAnswer', 'repairAction'] as const

/** The first recorded field that a draft would change; null where it changes none. */
export function changesRecorded(draft: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>>): string | null {
  return RECORDED.find(name => draft[name] !== undefined && String(draft[name] ?? '') !== String(before[name] ?? '')) ?? null
}
