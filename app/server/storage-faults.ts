import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import { Refusal } from '#app/domain/refusal.ts'
import { faultOf, type StorageFault } from '#db/client.server.ts'

/** Texts for the client, shown in the page's frame, or as the whole answer if there is no page. */
const TEXTS: Record<StorageFault, string> = {
  busy: 'Máy chủ đang bận ghi việc khác. Điều anh/chị vừa gửi chưa được ghi nhận: chờ vài giây, quay lại trang trước (nội dung đã nhập còn đó) rồi gửi lại.',
  full: 'Máy chủ đã hết chỗ lưu. Điều anh/chị vừa gửi chưa được ghi nhận: giữ lại nội dung, báo quản trị của tỉnh, rồi quay lại trang trước và gửi lại sau ít phút.',
  read_only:
    'Máy chủ tạm thời chỉ cho xem, không ghi được. Điều anh/chị vừa gửi chưa được ghi nhận: giữ lại nội dung, báo quản trị của tỉnh, rồi quay lại trang trước và gửi lại sau ít phút.',
  failed:
    'Máy chủ gặp lỗi khi đọc, ghi dữ liệu. Điều anh/chị vừa gửi chưa được ghi nhận: giữ lại nội dung, báo quản trị của tỉnh, rồi quay lại trang trước và gửi lại sau ít phút.',
}

/** Retry-After (seconds): a lock passes soon, a disk needs repair. */
const RETRY_SECONDS: Record<StorageFault, number> = { busy: 2, full: 60, read_only: 60, failed: 60 }

type Work = (args: never) => unknown

/**
 * Wraps every loader and action of the build to handle storage faults. Answers with 503, Retry-After and a sentence;
 * `note` and the request's own notes get the fault. Nothing was written then, because a write is one transaction.
 */
export function answerFaults(build: ServerBuild, note: (entry: object) => void): ServerBuild {
  const guard = (work: unknown) => async (args: never) => {
    try {
      return await (work as Work)(args)
    } catch (thrown) {
      const fault = thrown instanceof Refusal && thrown.kind === 'busy' ? 'busy' : faultOf(thrown)
      if (!fault) throw thrown
      note({ storage: fault, code: (thrown as { code?: string }).code })
      const { context } = args as { context: AppLoadContext }
      context.note?.({ storage: fault })
      throw new Response(TEXTS[fault], {
        status: 503,
        statusText: 'Service Unavailable',
        headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': String(RETRY_SECONDS[fault]) },
      })
    }
  }
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route]
    const { loader, action } = route.module
    const guarded = { ...(loader && { loader: guard(loader) }), ...(action && { action: guard(action) }) }
    return [id, { ...route, module: { ...route.module, ...guarded } }]
  })
  return { ...build, routes: Object.fromEntries(routes) as ServerBuild['routes'] }
}
