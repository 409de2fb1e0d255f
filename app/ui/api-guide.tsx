import { API_OPERATIONS, type ApiOperation, type ApiOperationName } from '#app/domain/api.ts'
import { apiIntroduction, apiTitle, operationTexts } from '#app/text/api.ts'
import { officeLabels } from '#app/text/office-vocabulary.ts'
import { Facts, Sheet } from './sheet.tsx'

/**
 * Describes the API for people: what each operation returns, with which scope. The machine-readable document is linked.
 */
export function ApiGuide({
  publicUrl,
  province,
  hasDistricts,
}: {
  publicUrl: string
  province: string
  hasDistricts: boolean
}) {
  const texts = operationTexts(hasDistricts)
  return (
    <div className="stack">
      <header className="page-heading">
        <div>
          <h1>{apiTitle(province)}</h1>
          <p className="small">
            <a href="/api/v1/openapi.json">Tài liệu OpenAPI 3.1</a> · <a href="/cong-khai">Trang công khai</a>
          </p>
        </div>
      </header>
      <Sheet title="Cách dùng">
        <p>{apiIntroduction}</p>
        <p className="public-code">
          <code>{`curl -H "Authorization: Bearer 4phu_…" ${publicUrl}/api/v1/units?limit=50`}</code>
        </p>
      </Sheet>
      {(Object.entries(API_OPERATIONS) as [ApiOperationName, ApiOperation][]).map(([name, operation]) => (
        <Sheet
          key={name}
          title={texts[name].summary}
          note={<code>{`${operation.method.toUpperCase()} ${operation.path}`}</code>}
        >
          <p>{texts[name].description}</p>
          <Facts
            facts={[
              {
                name: 'Phạm vi',
                value: operation.scope === null ? 'Ai cũng dùng được' : officeLabels.apiScope[operation.scope],
              },
              ...(Object.keys(operation.query.shape).length > 0
                ? [{ name: 'Tham số', value: <code>{Object.keys(operation.query.shape).join(', ')}</code> }]
                : []),
              ...(operation.body
                ? [{ name: 'Nội dung gửi', value: <code>{Object.keys(operation.body.schema.shape).join(', ')}</code> }]
                : []),
              { name: 'Dạng trả về', value: operation.csv ? 'JSON, CSV' : 'JSON' },
            ]}
          />
        </Sheet>
      ))}
    </div>
  )
}
