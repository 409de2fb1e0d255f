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
  route('ho-tro/:helpId/sua', 'routes/ho-tro.$helpId.sua.tsx'),
  route('ho-tro/:helpId/rut', 'routes/ho-tro.$helpId.rut.ts'),
  route('ho-tro/:helpId/khoi-phuc', 'routes/ho-tro.$helpId.khoi-phuc.ts'),
  route('cam-ket', 'routes/cam-ket.tsx'),
  route('cam-ket/in', 'routes/cam-ket.in.tsx'),
  route('nghia-vu', 'routes/nghia-vu.tsx'),
  route('nghia-vu/:part', 'routes/nghia-vu.$part.tsx'),
  route('tep/:fileId', 'routes/tep.$fileId.ts'),
  route('kich-hoat', 'routes/kich-hoat.tsx'),
  route('tai-khoan', 'routes/tai-khoan.tsx'),
  route('tai-khoan/mat-khau', 'routes/tai-khoan.mat-khau.ts'),
  route('tai-khoan/phien', 'routes/tai-khoan.phien.ts'),
] satisfies RouteConfig
