/** Why a text is no name of a person. A module of its own, since pages name problems without reading names. */
export const NAME_PROBLEMS = ['name_lost_font', 'name_signs', 'name_unreadable'] as const
export type NameProblem = (typeof NAME_PROBLEMS)[number]
