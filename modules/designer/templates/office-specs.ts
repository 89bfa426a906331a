import { AGREE, DAY, REJECT, RETURN, and, end, start, task, timer, xor, type TemplateSpec } from './spec.ts'

/** What the company decides for itself. */
export const OFFICE: TemplateSpec[] = [
  {
    id: 'investment', name: '新投资', category: '项目', about: '新投资项目：立项、可行性研究、三方评估、投委会决策、实施、投后评价；决策超时提醒本部。',
    lanes: [
      { id: 'lane-sponsor', name: '发起部门', role: 'regionManager', nodes: [
        start('idea', '投资意向'),
        task('propose', '立项申请', { assign: 'completer', standard: 3 * DAY, fields: ['amount 投资额 required', 'return 预期回报(%) required', 'period 回收期 required'], outcomes: [{ id: 'submit', label: '提交立项' }] }),
        task('study', '可行性研究', { assign: 'previous:propose', standard: { minutes: 20 * DAY, remind: '6750', pauseReasons: '待资料' }, items: ['market 市场分析', 'technology 技术方案', 'risk 风险与对策'], outcomes: [{ id: 'done', label: '提交报告' }] }),
        task('implement', '实施', { assign: 'previous:propose', standard: { minutes: 60 * DAY, pauseReasons: '待资金' }, items: ['milestones 里程碑按月报告'], outcomes: [{ id: 'done', label: '投产' }] }),
        task('evaluate', '投后评价', { assign: 'previous:propose', standard: 10 * DAY, fields: ['actualReturn 实际回报(%) required'], items: ['lessons 经验教训'], outcomes: [{ id: 'done', label: '完成评价' }] }),
        end('closed', '项目结束'),
      ] },
      { id: 'lane-hq', name: '本部', role: 'hq', nodes: [
        and('assess'), task('strategy', '战略评估', { standard: 5 * DAY, outcomes: [{ id: 'done', label: '已评估' }] }), and('assessed'),
        task('decide', '投委会决策', { standard: { minutes: 10 * DAY, remind: '2250' }, items: ['quorum 到会人数有效', 'minutes 会议纪要已签'], outcomes: [AGREE, RETURN, REJECT] }),
        timer('slow', '十天未决', 'decide', 'P10D', { clock: 'business' }), task('remind', '催开投委会', { standard: DAY, outcomes: [{ id: 'done', label: '已安排' }] }), end('reminded', '已催办'),
        xor('decided', '决策'), end('rejected', '不投'),
      ] },
      { id: 'lane-finance', name: '财务', role: 'finance', nodes: [task('finance', '财务评估', { standard: 5 * DAY, fields: ['npv 净现值 required'], items: ['funding 资金来源'], outcomes: [{ id: 'done', label: '已评估' }] })] },
      { id: 'lane-legal', name: '法务', role: 'legal', nodes: [task('legal', '法律评估', { standard: 5 * DAY, items: ['compliance 合规', 'contract 合同与股权'], outcomes: [{ id: 'done', label: '已评估' }] })] },
    ],
    flows: `
      idea -> propose
      propose -> study
      study -> assess
      assess -> strategy
      assess -> finance
      assess -> legal
      strategy -> assessed
      finance -> assessed
      legal -> assessed
      assessed -> decide
      decide -> decided
      decided -> implement 同意 default
      decided -> study 补充研究 [outcome = "return"]
      decided -> rejected 不投 [outcome = "reject"]
      slow -> remind
      remind -> reminded
      implement -> evaluate
      evaluate -> closed`,
  },
]
