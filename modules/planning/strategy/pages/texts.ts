import { defineTexts } from '@quancheng/ui'

export const tw = defineTexts({
  winLoss: ['赢丢单分析', 'Win and loss'], from: ['从', 'From'], to: ['到', 'To'], unit: ['板块', 'Block'], product: ['产品', 'Product'], closed: ['已关闭', 'Closed'], won: ['赢单', 'Won'], lost: ['丢单', 'Lost'], lossRate: ['丢单率', 'Loss rate'],
  rivals: ['输给谁', 'Lost to'], rival: ['竞争对手', 'Competitor'], rivalRate: ['占全部关闭', 'Of all closed'], amount: ['金额', 'Amount'], addRival: ['登记为竞争对手', 'Add'], noRivals: ['丢单里没有写输给谁', 'No deal names whom it was lost to'], allRivals: ['竞争对手名单', 'All competitors'], moves: ['竞争动向', 'Moves'],
  reasons: ['丢单原因', 'Reasons'], reason: ['原因', 'Reason'], none: ['未写', 'None'], months: ['按月', 'By month'], units: ['按板块', 'By block'], products: ['按产品', 'By product'], month: ['月份', 'Month'],
  empty: ['这段时间没有关闭的商机', 'No deals were closed'], emptyHint: ['赢单或丢单之后出现在这里；换一段时间看看。', 'Deals appear when they are won or lost.'],
  swot: ['SWOT 与市场策略', 'SWOT and strategy'], chooseUnit: ['选一个单位', 'Choose a unit'], chooseHint: ['每个板块、大区或站各有一份，每次保存是新的一版。', 'Each unit has its own; every save is a new version.'], strengths: ['优势', 'Strengths'], weaknesses: ['劣势', 'Weaknesses'], opportunities: ['机会', 'Opportunities'], threats: ['威胁', 'Threats'], strategy: ['市场策略', 'Market strategy'],
  edit: ['修改', 'Edit'], write: ['开始写', 'Write'], save: ['保存为新的一版', 'Save a version'], cancel: ['取消', 'Cancel'], saved: ['已存为第 {n} 版', 'Saved as version {n}'], nothingYet: ['还没有写过', 'Nothing yet'], nothingHint: ['写下优势、劣势、机会、威胁和市场策略，以后每次改动都留着。', 'Every change is kept.'], versions: ['各版', 'Versions'], version: ['第 {n} 版', 'Version {n}'], changes: ['这一版改了什么', 'What this version changed'], what: ['这一版改了什么（可不填）', 'What is new (optional)'], empty_: ['（空）', '(empty)'], old: ['正在看第 {n} 版，不是最新的', 'This is version {n}, not the newest'], newest: ['看最新的', 'To the newest'],
})
