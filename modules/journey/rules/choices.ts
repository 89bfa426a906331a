/** By which way a customer touched us, or we them. */
export const TOUCH_CHANNELS = {
  web: ['网站', 'Web'], app: ['小程序或应用', 'App'], phone: ['电话', 'Telephone'], desk: ['柜台', 'Counter'], kiosk: ['自助设备', 'Kiosk'], sms: ['短信', 'SMS'],
  mail: ['邮件', 'Mail'], chat: ['在线客服', 'Chat'], visit: ['上门', 'Visit'], onSite: ['现场', 'On the spot'], social: ['社交媒体', 'Social media'], other: ['其他', 'Other'],
} as const
export type TouchChannel = keyof typeof TOUCH_CHANNELS
export const TOUCH_CHANNEL_KEYS = Object.keys(TOUCH_CHANNELS) as [TouchChannel, ...TouchChannel[]]

export const TRIGGERS = { birthday: ['生日', 'Birthday'], contractDay: ['合同周年', 'Day of the contract'], festival: ['节日', 'Festival'], afterPickup: ['取机之后', 'After pick-up'], afterDeal: ['成交之后', 'After a deal'] } as const
export type Trigger = keyof typeof TRIGGERS

/** What a plan does when the day comes. */
export const WAYS = { todo: ['成为待办', 'A to-do'], message: ['给客户发消息', 'A message to the customer'] } as const
export type CareWay = keyof typeof WAYS
/** By which of the customer's consents a message goes: a greeting is marketing unless it is about something of their own. */
export const PURPOSES = { marketing: ['营销：本人同意过的才发', 'Marketing: whoever agreed'], service: ['服务：没有拒绝的都发', 'Service: whoever has not refused'] } as const
export type CarePurpose = keyof typeof PURPOSES
export const MESSAGE_BY = { usual: ['客户选的方式', 'As the customer chose'], sms: ['短信', 'SMS'], mail: ['邮件', 'Mail'] } as const

/** `lunar`: month and day of the traditional calendar; `day`: of the common one. */
export const FESTIVALS = {
  newYear: ['元旦', 'New Year'], spring: ['春节', 'Spring Festival'], lantern: ['元宵节', 'Lantern Festival'], women: ['妇女节（3 月 8 日）', 'Women’s Day'], labour: ['劳动节', 'Labour Day'], dragonBoat: ['端午节', 'Dragon Boat Festival'],
  midAutumn: ['中秋节', 'Mid-Autumn Festival'], doubleNinth: ['重阳节', 'Double Ninth'], national: ['国庆节', 'National Day'], other: ['其他日子', 'Another day'],
} as const
export type Festival = keyof typeof FESTIVALS
export const FESTIVAL_DAYS: Readonly<Record<Exclude<Festival, 'other'>, { lunar?: string; day?: string }>> = {
  newYear: { day: '01-01' }, spring: { lunar: '1-1' }, lantern: { lunar: '1-15' }, women: { day: '03-08' }, labour: { day: '05-01' }, dragonBoat: { lunar: '5-5' }, midAutumn: { lunar: '8-15' }, doubleNinth: { lunar: '9-9' }, national: { day: '10-01' },
}
