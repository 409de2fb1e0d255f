import { contextOf, expect, expectSound, expectWell, idsAt, query, test, watch } from './person.ts'

/** Two officials of the demo's commune without any role, who are in no other journey. */
function people(): { id: number; name: string; login: string }[] {
  return query<{ id: number; name: string; login: string }>(
    `select o.id, o.name, a.login from official o join posting p on p.official_id = o.id and p.to_on is null
       join account a on a.official_id = o.id
      where p.unit_id = ? and p.position like 'Trưởng ấp %' and p.position <> 'Trưởng ấp 6'
        and not exists (select 1 from role_grant g where g.account_id = a.id) and o.number_hash is not null
        and not exists (select 1 from help h where h.official_id = o.id and h.withdrawn_at is not null)
      order by o.id desc limit 2`,
    idsAt('in').unitId,
  )
}

const hashOf = (id: number) =>
  query<{ hash: string }>('select number_hash as hash from official where id = ?', id)[0]?.hash

test('a name is corrected at once, a number once the person confirms, without scripts', async ({ browser }) => {
  const [person] = people()
  if (!person) throw new Error('nobody to correct')
  const { id, name, login } = person
  const before = hashOf(id)
  const asking = await contextOf(browser, 'daumoi', { javaScriptEnabled: false, viewport: { width: 360, height: 640 } })
  const page = watch(await asking.newPage())
  await page.goto(`/can-bo/${id}`)
  await page.getByRole('link', { name: 'Sửa thông tin' }).first().click()
  await expect(page.getByRole('heading', { name: `Sửa thông tin: ${name}` })).toBeVisible()
  await expectSound(page)
  await page.getByLabel(/^Họ và tên/).fill(`${name} Sửa`)
  await page.getByLabel(/^Số định danh mới/).fill('070')
  await page.getByRole('button', { name: 'Ghi nội dung sửa' }).click()
  await expect(page.getByText(/12 chữ số/).first()).toBeVisible()
  await expect(page.getByLabel(/^Họ và tên/)).toHaveValue(`${name} Sửa`)
  await expectSound(page)
  await page.getByLabel(/^Số định danh mới/).fill('070099123456')
  await page.getByLabel(/^Ngày sinh/).fill('1999-03-21')
  await page.getByLabel('Nam', { exact: true }).check()
  await page.getByLabel(/^Căn cứ/).fill('Đối chiếu thẻ căn cước')
  await page.getByRole('button', { name: 'Ghi nội dung sửa' }).click()
  await expect(page.getByText('Đã ghi. Phần cần xác nhận đang chờ')).toBeVisible()
  await expect(page.getByText(`Họ và tên: ${name} → ${name} Sửa`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Rút đề nghị' })).toBeVisible()
  expect(hashOf(id)).toBe(before)
  await expectSound(page)
  await asking.close()

  const own = await contextOf(browser, login, { viewport: { width: 360, height: 780 } })
  const mine = watch(await own.newPage())
  await mine.goto('/nhac-viec')
  await mine.getByRole('link', { name: /đề nghị sửa hồ sơ chờ anh\/chị xác nhận/ }).click()
  await expect(mine.getByText('Số mới đầy đủ: 070099123456')).toBeVisible()
  await expectWell(mine)
  await mine.getByRole('button', { name: 'Đồng ý' }).click()
  await expect(mine.getByText('Đã xác nhận, số liệu liên quan đã cập nhật.')).toBeVisible()
  await own.close()
  expect(hashOf(id)).not.toBe(before)
})

for (const javaScriptEnabled of [true, false])
  test(`the merging of two entries is asked for, shown to both sides, and may be withdrawn, scripts ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    browser,
  }) => {
    const isWell = javaScriptEnabled ? expectWell : expectSound
    const [kept, ending] = people()
    if (!kept || !ending) throw new Error('nobody to merge')
    const asking = await contextOf(browser, 'daumoi', { javaScriptEnabled, viewport: { width: 360, height: 640 } })
    const page = watch(await asking.newPage())
    await page.goto(`/can-bo/${kept.id}/sua`)
    await isWell(page)
    await page.getByRole('link', { name: 'Đề nghị gộp hai hồ sơ' }).click()
    await page.getByLabel(/^Mã cán bộ của hồ sơ kia/).fill(ending.login)
    await page.getByRole('button', { name: 'Gửi đề nghị gộp' }).click()
    await expect(page.getByLabel(/^Mã cán bộ của hồ sơ kia/)).toHaveValue(ending.login)
    await page.getByLabel(/^Của hồ sơ này/).check()
    await page.getByLabel(/^Căn cứ/).fill('Đối chiếu lý lịch')
    await isWell(page)
    await page.getByRole('button', { name: 'Gửi đề nghị gộp' }).click()
    await expect(page.getByText('Đã gửi đề nghị gộp.')).toBeVisible()
    await isWell(page)
    await page.goto(`/can-bo/${ending.id}`)
    await expect(page.getByText('Gộp hai hồ sơ')).toBeVisible()
    await page.goto('/sua-ho-so')
    await isWell(page)
    await page.getByRole('button', { name: 'Rút đề nghị' }).first().click()
    await expect(page.getByText('Đã rút đề nghị.')).toBeVisible()
    await asking.close()
  })
