import { createContext, useContext } from 'react'
import type { Province } from '#app/domain/province.ts'

type Named = Pick<Province, 'name' | 'type' | 'telecomOffice'> & {
  /** districts lie between the province and its communes */
  hasDistricts: boolean
}

/** How the province, its offices and its levels are called today: the frame of every page provides it. */
export const ProvinceContext = createContext<Named>({
  name: '',
  type: 'province',
  telecomOffice: '',
  hasDistricts: true,
})

/** Returns how the province and its offices are called today. */
export const useProvince = (): Named => useContext(ProvinceContext)
