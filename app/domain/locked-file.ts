/** How many letters the password has at least that locks a file of citizens' numbers or wishes. */
export const FILE_PASSWORD_LETTERS = 10
