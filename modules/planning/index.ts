import { defineModule } from '@quancheng/kernel'

export const planning = defineModule({
  name: 'planning',
  label: ['计划与战略', 'Plans and strategy'],
})
export default planning
