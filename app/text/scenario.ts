import type { Regulation } from '#app/domain/regulation.ts'
import { parametersOf, type ScenarioParameters } from '#app/domain/scenario.ts'
import { collectiveTargetLabels } from './assessment.ts'
import { formatNumber } from './format.ts'
import { labels } from './vocabulary.ts'

/** A parameter of a replay by its name. */
export const scenarioLabels: Record<keyof ScenarioParameters, string> = {
  countsAny: 'Cách tính một người dân',
  quota: 'Chỉ tiêu chung mỗi người',
  certificateKinds: 'Loại chứng thư chữ ký số được chấp nhận',
  collectiveTarget: 'Chỉ tiêu của tập thể',
  toleratedUntrueShare: 'Tỷ lệ không đúng khi kiểm tra còn được xét',
  collectiveBarsMembers: 'Tập thể không được xét thì người của tập thể',
}

/** A parameter's value in words. */
function inWords<Key extends keyof ScenarioParameters>(key: Key, parameters: ScenarioParameters): string {
  switch (key) {
    case 'countsAny':
      return parameters.countsAny ? 'một nội dung bất kỳ' : 'đủ các nội dung'
    case 'quota':
      return `${formatNumber(parameters.quota)} người dân`
    case 'certificateKinds':
      return parameters.certificateKinds.map(kind => labels.certificateKind[kind]).join(', ')
    case 'collectiveTarget':
      return collectiveTargetLabels[parameters.collectiveTarget].toLowerCase()
    case 'toleratedUntrueShare':
      return `${formatNumber(parameters.toleratedUntrueShare * 100)}%`
    default:
      return parameters.collectiveBarsMembers ? 'không được xét' : 'vẫn được xét'
  }
}

/** Lists what a replay changes against the closing's own parameters, one line each; empty: nothing. */
export function explainDifferences(differences: Partial<ScenarioParameters>, regulation: Regulation): string[] {
  const own = parametersOf(regulation)
  const keys = Object.keys(differences) as (keyof ScenarioParameters)[]
  return keys.map(key => `${scenarioLabels[key]}: ${inWords(key, own)} → ${inWords(key, { ...own, ...differences })}`)
}
