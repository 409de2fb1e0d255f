import { index, type RouteConfig, route } from '@remix-run/route-config'

/** Every URL (Vietnamese without marks, what users see) and the file that answers it. tests/routes/ lists who may open each. */
export default [
  index('routes/home.tsx'),
  route('dang-nhap', 'routes/dang-nhap.tsx'),
  route('dang-xuat', 'routes/dang-xuat.ts'),
  route('ho-tro', 'routes/ho-tro.tsx'),
  route('ho-tro/moi', 'routes/ho-tro.moi.tsx'),
  route('ho-tro/:helpId', 'routes/ho-tro.$helpId.tsx'),
  route('kieu-mau', 'routes/kieu-mau.tsx'),
  route('healthz', 'routes/healthz.ts'),
  route('*', 'routes/khong-co.tsx'),
] satisfies RouteConfig
