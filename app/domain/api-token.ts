/** Tokens of the interface lapse: a year and a day at the most. */
export const MOST_TOKEN_DAYS = 366
