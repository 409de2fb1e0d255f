import { contextOf, expect, expectWell, test, watch } from './person.ts'

test('an administrator sees what is left before the system goes live, and notes what is done', async ({ browser }) => {
  const context = await contextOf(browser, 'quantri')
  const page = watch(await context.newPage())
  await page.goto('/quan-tri')
  await page.getByRole('link', { name: 'Xem từng việc' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Không chạy ở chế độ dữ liệu mẫu' })).toContainText(
    'Chưa đạt',
  )
  await expect(page.getByRole('listitem').filter({ hasText: 'Bản sao liên tục' }).first()).toContainText('Chưa đạt')
  await expect(page.getByRole('listitem').filter({ hasText: 'Có bản sao lưu đạt kiểm tra' })).toContainText('Chưa đạt')
  const item = page.getByRole('listitem').filter({ hasText: 'Gửi giữ khóa chủ trong hai phong bì' })
  await expect(item).toContainText('Chưa xong')

  await page.getByLabel('Việc').selectOption('keys_escrowed')
  await page.getByLabel('Ngày xong').fill('2099-01-01')
  await page.getByLabel('Số văn bản, biên bản').fill('12/BB-STTTT')
  await page.getByRole('button', { name: 'Ghi đã xong' }).click()
  await expect(page.getByRole('alert').first()).toContainText('Ngày xong')
  await expect(page.getByLabel('Số văn bản, biên bản')).toHaveValue('12/BB-STTTT')

  await page.getByLabel('Ngày xong').fill('2024-06-10')
  await page.getByRole('button', { name: 'Ghi đã xong' }).click()
  await expect(page.getByText('Đã ghi.')).toBeVisible()
  await expect(item).toContainText('Đã xong')
  await expect(item).toContainText('10/6/2024, 12/BB-STTTT')
  await expectWell(page)
  await context.close()
})
