import { defineTexts } from '../core/i18n.ts'

/** What everything that is drafted and published says: processes, decision tables. */
export const tw = defineTexts({
  saved: ['已保存', 'Saved'], savedAt: ['已保存 {at}', 'Saved {at}'], asPublished: ['与已发布的一样', 'As published'], dirty: ['有改动', 'Changed'], saving: ['正在保存…', 'Saving…'], saveFailed: ['保存失败', 'Not saved'], retry: ['重试', 'Try again'],
  publishTitle: ['发布“{name}”', 'Publish “{name}”'], publishAs: ['发布为第 {n} 版', 'Publish as version {n}'], publishBlocked: ['还有 {n} 个问题，改正后才能发布', '{n} problems must be put right first'],
  whatChanged: ['与第 {n} 版相比', 'Compared with version {n}'], note: ['说明', 'Note'], noteHint: ['改了什么、为什么改：半年后的自己会感谢你', 'What changed and why'],
})
