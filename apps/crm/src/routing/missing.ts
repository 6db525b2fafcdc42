/**
 * What conditions of a row `r` name of which nothing is in use in its administration any more, as an array of text: as long as
 * it is so they hold for nothing that comes in, though a case of before may have a category that was put out of use.
 */
export const missingSql = (r: string): string => `array_remove(array[
  case when ${r}.conditions ? 'category' and not exists (select from category g
    where g.administration_id = ${r}.administration_id and g.active and ${r}.conditions->'category' ? g.code) then 'category' end,
  case when ${r}.conditions ? 'area' and not exists (select from area z
    where z.administration_id = ${r}.administration_id and ${r}.conditions->'area' ? z.code) then 'area' end,
  case when ${r}.conditions ? 'office' and not exists (select from office n
    where n.administration_id = ${r}.administration_id and n.active and ${r}.conditions->'office' ? n.id::text) then 'office' end]::text[], null)`;
