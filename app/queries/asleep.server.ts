/**
 * The condition that a row of `role_grant`, by its alias, is awake (domain 10). A role sleeps while an administrator
 * alone could act by it: they opened the account and gave the role, opened one whose role the system gave, or replaced
 * the password of a role holder.
 * It wakes once somebody independent vouched that the person received the account, or another's code opened it.
 */
export const isAwake = (grant: string) => `not exists (
  select 1 from activation_code c
   where c.account_id = ${grant}.account_id and c.opened_at is not null and c.received_at is null
     and c.created_by is not null
     and ((c.by_administrator = 1 and (c.is_reset = 1 or ${grant}.created_by is null))
       or (${grant}.by_administrator = 1 and ${grant}.confirmed_by is null and ${grant}.created_by = c.created_by))
     and not exists (select 1 from activation_code n
       where n.account_id = c.account_id and n.id > c.id and n.opened_at is not null))`
