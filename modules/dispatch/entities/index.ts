export { PersonSkill, Skill, SkillNeed } from './skill.ts'
export { Absence, WorkProfile } from './work-profile.ts'
export { DispatchEntry, DispatchRule } from './dispatch-rule.ts'
export { Booking, ServiceResource, SlotRule } from './booking.ts'
