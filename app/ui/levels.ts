import { type LevelWords, levelWords } from '#app/text/level.ts'
import { useProvince } from './province.ts'

/** Returns the words for what lies below the province. */
export const useLevels = (): LevelWords => levelWords(useProvince().hasDistricts)
