/** Moves one campaign on: enrols, and does the steps that are due. Key: the campaign. */
export const JOB_WALK = 'marketing.walk'
