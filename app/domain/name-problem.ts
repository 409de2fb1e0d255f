/** Why a text is no name of a person. A module of its own, since pages name problems without reading names. */
const NAME_PROBLEMS = ['name_lost_font', 'name_signs', 'name_unreadable'] as const
export type NameProblem = (typeof NAME_PROBLEMS)[number]
/** The same, and why a text is no hamlet. */
export const WORD_PROBLEMS = [...NAME_PROBLEMS, 'hamlet_lost_font'] as const
export type WordProblem = (typeof WORD_PROBLEMS)[number]
