import { contextOf, expect, expectWell, idsAt, query, test, watch } from './person.ts'

/** An official of the demo's commune without any role, who is in no other journey. */
function mover(): { id: number; name: string } {
  const { unitId } = idsAt('in')
  const [found] = query<{ id: number; name: string }>(
    `select o.id, o.name from official o join posting p on p.official_id = o.id and p.to_on is null
      where p.unit_id = ? and p.position = 'Trưởng ấp 6'`,
    unitId,
  )
  return found ?? { id: 0, name: '' }
}

test('a transfer waits for the receiving unit, which is reminded and answers', async ({ browser }) => {
  const { id, name } = mover()
  const [to] = query<{ id: number; name: string; login: string }>(
    `select u.id, u.name, a.login from unit u join role_grant g on g.unit_id = u.id and g.role = 'head' and g.to_on is null
       join account a on a.id = g.account_id where u.name = 'UBND phường Tân Phú'`,
  )
  if (!to) throw new Error('no receiving unit')
  const asking = await contextOf(browser, 'daumoi')
  const page = watch(await asking.newPage())
  await page.goto(`/can-bo/${id}`)
  await page.getByRole('link', { name: 'Chuyển đơn vị', exact: true }).first().click()
  await page.getByLabel(/Đơn vị mới/).selectOption({ label: to.name })
  await page.getByLabel(/Chức vụ/).fill('Công chức')
  await page.getByRole('button', { name: 'Ghi vị trí mới' }).click()
  await expect(page.getByText('Đã gửi đề nghị chuyển.')).toBeVisible()
  await expect(page.getByText(new RegExp(`Chờ ${to.name}, Thành phố Đồng Xoài trả lời đến hết`))).toBeVisible()
  await expectWell(page)
  await asking.close()

  const receiving = await contextOf(browser, to.login, { viewport: { width: 360, height: 780 } })
  const other = watch(await receiving.newPage())
  await other.goto('/nhac-viec')
  await other.getByRole('link', { name: /người được đề nghị chuyển đến, chờ đơn vị trả lời, hạn/ }).click()
  await expectWell(other)
  await other.getByRole('link', { name, exact: true }).click()
  await other.getByLabel('Không tiếp nhận').check()
  await other.getByRole('button', { name: 'Gửi trả lời' }).click()
  await expect(other.getByRole('link', { name: /Lý do/ })).toBeVisible()
  await expectWell(other)
  await other.getByLabel(/^Lý do/).fill('Chưa có vị trí phù hợp')
  await other.getByRole('button', { name: 'Gửi trả lời' }).click()
  await expect(other.getByText('Đã trả lời không tiếp nhận.')).toBeVisible()
  await expect(other.getByText(/Chưa có vị trí phù hợp/)).toBeVisible()
  await receiving.close()
  expect(query('select 1 from posting where official_id = ?', id)).toHaveLength(1)
})

test('an exemption is asked for with its document, and decided by another person', async ({ browser }) => {
  const { id, name } = mover()
  const { unitId } = idsAt('in')
  const asking = await contextOf(browser, 'thutruong')
  const page = watch(await asking.newPage())
  await page.goto(`/don-vi/${unitId}/mien-giam/moi?nguoi=${id}`)
  await page.getByLabel('Chỉ tiêu hỗ trợ người dân').check()
  await page.getByLabel(/^Lý do/).selectOption({ label: 'Nghỉ ốm dài ngày' })
  await page.getByLabel(/^Số văn bản/).fill('31/TB-UBND')
  await page.getByRole('button', { name: 'Gửi đề nghị' }).click()
  await expect(page.getByText('Đã ghi đề nghị')).toBeVisible()
  // the head who asked does not decide: the district does
  const row = page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: '31/TB-UBND' })
  await expect(row).toContainText('Chờ người đứng đầu Thành phố Đồng Xoài quyết định, đến hết ngày 19/6/2024.')
  await expect(row).toContainText('Chưa có bản chụp văn bản.')
  await expect(row.getByRole('link', { name: /Quyết định/ })).toHaveCount(0)
  await expectWell(page)
  await page.goto('/nhac-viec')
  await expect(page.getByRole('link', { name: /văn bản miễn, giảm chưa có bản chụp/ })).toBeVisible()
  await asking.close()

  const above = await contextOf(browser, 'truonghuyen')
  const other = watch(await above.newPage())
  await other.goto(`/don-vi/${unitId}/mien-giam`)
  const asked = other.getByRole('listitem').filter({ hasText: name }).filter({ hasText: '31/TB-UBND' })
  await asked.getByRole('link', { name: /Quyết định/ }).click()
  await other.getByLabel('Không chấp thuận').check()
  await other.getByLabel(/^Lý do/).fill('Đã đi làm lại')
  await expectWell(other)
  await other.getByRole('button', { name: 'Ghi quyết định' }).click()
  await expect(other.getByText('Đã ghi quyết định')).toBeVisible()
  await above.close()
})
