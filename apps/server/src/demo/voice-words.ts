/** What customers of the demo say, and what they are answered; all invented. */
export interface ComplaintSaid { category: 'attitude' | 'quality' | 'speed' | 'price' | 'parts' | 'data' | 'other'; severity: 'normal' | 'serious' | 'grave'; words: string; cause: string; result: string; reply: string; again: string }

const said = (category: ComplaintSaid['category'], severity: ComplaintSaid['severity'], words: string, cause: string, result: string, reply: string, again = '还是没有说到点子上'): ComplaintSaid => ({ category, severity, words, cause, result, reply, again })

export const complaintsSaid = (): readonly ComplaintSaid[] => [
  said('speed', 'normal', '说好三天修好，今天第六天了，也没有人打电话说一声。', '待件期间没有主动通知', '配件已到，加急排到今天下午修好；以后待件每天告知一次', '让您久等，机器今天下午六点前可以取，我们每天跟您说一次进度。', '下午又说要等到明天'),
  said('quality', 'serious', '上周刚换的屏，今天又出竖线了，白跑一趟。', '屏线没有压紧，质检没有做开合测试', '免费返工并更换屏线，质检单增加开合二十次', '是我们没有装好，免费返工，今天就能取，给您添麻烦了。'),
  said('attitude', 'normal', '前台一边打电话一边跟我说话，问什么都不耐烦。', '中午只有一人值班', '当事人已当面道歉，中午值班加一人', '向您道歉，我们中午已经加了人，欢迎您监督。', '道歉的不是当时那个人'),
  said('price', 'normal', '报价二百六，取机时要收三百二，没有人提前说。', '追加的电池没有重新报价', '退回差价六十元，追加项目一律重新报价', '差价今天原路退回，追加的项目以后先问过您再做。'),
  said('data', 'grave', '送修时照片都在，取回来系统重装过，什么都没有了。', '登记时没有确认数据备份', '已从故障硬盘恢复大部分照片，费用由我们承担', '照片恢复了九成，拷在移动硬盘里给您送过去，非常抱歉。', '最要紧的那个文件夹还是没有'),
  said('parts', 'normal', '说换了原厂电池，包装拆的时候我没有看到。', '换件没有当面拆封', '旧件和新件编号给客户核对，以后当面拆封', '这是新旧电池的编号，您可以在官网查，以后我们当面拆给您看。'),
  said('speed', 'serious', '取号排了一个多小时，窗口开了一个，里面的人在聊天。', '周六上午排班不足', '周六上午增开一个窗口，已调班', '周六上午已经加开窗口，您下次来不会再等这么久。'),
  said('quality', 'normal', '键盘换好了，可是外壳多了一道划痕。', '拆机没有垫软布', '更换外壳 C 面，不收费', '外壳给您换新的，周三可以来换，十分钟就好。'),
  said('price', 'normal', '检测没有修也收了五十块检测费，之前没有告诉我。', '登记时没有说明检测费', '退回检测费，前台话术补上这一句', '检测费已经退回，您查收一下。'),
  said('other', 'normal', '停车场说可以免一小时，出去还是扣了钱。', '停车券没有盖章', '补偿停车费十元', '停车费补给您了，以后取机时我们主动盖章。'),
  said('attitude', 'serious', '电话里说我自己摔的，我根本没有摔过，凭什么这样说。', '检验结论没有照片依据', '重新检验并拍照，确认是主板虚焊，按保修处理', '重新检验的结果是主板虚焊，不收您费用，当时的说法我们向您道歉。'),
  said('quality', 'grave', '修完第二天充电冒烟，差点烧起来，谁来负责？', '充电小板装反了绝缘垫', '整机更换并送检，同批次全部复查', '给您换了一台新的，送检报告三天内给您，同批次我们都在复查。', '新机器还没有拿到'),
  said('data', 'serious', '我的电话号码怎么刚修完就接到推销？', '排查没有发现导出记录', '查了全部查看记录，没有泄露；号码已设为隐藏', '我们查了每一次查看，没有人导出过您的号码，也已经把它隐藏起来。'),
]

export interface FeedbackSaid { category: 'quote' | 'service' | 'product' | 'other'; words: string; result: string }
export const FEEDBACK_SAID: readonly FeedbackSaid[] = [
  { category: 'service', words: '希望周末也能营业到晚上八点。', result: '周六延长到八点，下月起试行' },
  { category: 'quote', words: '公司想给二十台笔记本做年度维保，报个整体的价。', result: '已发年度维保方案，含上门与备用机' },
  { category: 'product', words: '轻云 13 的键盘太软，打字容易误触。', result: '已转产品部，新批次加了支撑片' },
  { category: 'service', words: '叫号屏的字太小，老人看不清。', result: '字号调大一倍，加了语音' },
  { category: 'other', words: '门口的台阶对轮椅不方便。', result: '已向物业申请坡道，临时放了斜板' },
  { category: 'quote', words: '换屏和换整机差不多价，能不能有以旧换新？', result: '以旧换新已上线，可抵三成' },
  { category: 'service', words: '小王很耐心，教我备份了照片，表扬一下。', result: '已在站内表扬' },
  { category: 'product', words: '打印机的墨盒提示太早，还有三成就说没有了。', result: '固件已更新，到店免费升级' },
  { category: 'service', words: '取机时能不能发个短信带地图？', result: '取机通知已加地图链接' },
]

export const RATING_WORDS = {
  good: ['很快，说得也清楚', '态度很好', '教我备份，很细心', '比上次快多了', '不错'],
  bad: ['等了很久没有人理', '问什么都说不知道', '一直在看手机', '没说清楚要多久', '催了三次才有人来'],
} as const
